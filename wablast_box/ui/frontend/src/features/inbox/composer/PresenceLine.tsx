import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Colleague, usePresent } from './presence';
import classes from './Composer.module.css';

interface PresenceLineProps {
  conversationId: string;
}

/** "Ravi is typing a reply": above the box, so that two people do not answer the same question. */
export function PresenceLine({ conversationId }: PresenceLineProps) {
  const words = inWords(usePresent(conversationId));
  const typing = words?.busy === true;
  return <p className={classes.presence} role="status" data-busy={typing || undefined} data-empty={words ? undefined : true}>{words ? <>{typing ? <i aria-hidden><b /><b /><b /></i> : null}<span>{words.text}</span></> : null}</p>;
}

function inWords(present: Colleague[]): { text: string; busy: boolean } | null {
  const typing = present.filter((one) => one.doing === 'typing');
  const noting = present.filter((one) => one.doing === 'noting');
  const [first] = noting;
  if (typing.length > 0) return { text: said(typing, 'typing'), busy: true };
  if (first) return { text: t('composer.presence.noting', { name: calm(first.name) }), busy: true };
  return present.length > 0 ? { text: said(present, 'viewing'), busy: false } : null;
}

function said(people: Colleague[], doing: 'typing' | 'viewing'): string {
  const names = people.map((one) => calm(one.name));
  const last = names.at(-1) ?? '';
  if (names.length === 1) return t(`composer.presence.${doing}`, { name: last });
  return t(`composer.presence.${doing}Many`, { names: t('composer.presence.and', { first: names.slice(0, -1).join(', '), last }) });
}

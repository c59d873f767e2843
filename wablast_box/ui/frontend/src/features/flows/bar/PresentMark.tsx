import { Avatar } from '@/design/Avatar';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Present, usePresent } from './present';
import classes from '../editor/Editor.module.css';

interface PresentMarkProps {
  flowId: string;
}

const SHOWN = 3;

/** "Ravi has this flow open too": before two people draw over each other, they know. */
export function PresentMark({ flowId }: PresentMarkProps) {
  const present = usePresent(flowId);
  const words = inWords(present);
  return (
    <span className={classes.present} role="status" title={words || undefined} data-empty={present.length === 0 || undefined}>
      {present.slice(0, SHOWN).map((one) => <Avatar key={one.id} name={calm(one.name)} seed={one.id} size="xs" />)}
      <span className={present.length > 0 ? classes.presentWords : 'hidden-text'}>{words}</span>
    </span>
  );
}

function inWords(present: Present[]): string {
  const [first, second] = present.map((one) => calm(one.name));
  if (first === undefined) return '';
  if (second === undefined) return t('flowRuns.presence.one', { name: first });
  if (present.length === 2) return t('flowRuns.presence.two', { first, second });
  return t('flowRuns.presence.many', { first, count: present.length - 1 });
}

/** What was done with a person, in words: for their history, and for the quiet lines of a thread. */
import { locale, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { readablePhone } from '@/lib/phones';
import { languageName } from './languages';

type Detail = Record<string, unknown>;

export interface Told {
  words: string;
  /** What somebody said or wrote. */
  quote?: string;
  /** Of a note; everything else is only quoted. */
  note?: boolean;
}

export interface Actor {
  kind: string;
  name: string | null;
}

const text = (value: unknown): string => (typeof value === 'string' ? calm(value) : '');
const listed = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string').map(calm) : []);
const joined = (names: string[]): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
const number = (value: unknown): string => (text(value) ? readablePhone(text(value)) : t('contacts.history.unknown'));

export function actorOf(actor: Actor | null): string {
  if (!actor) return t('contacts.history.customer');
  if (actor.kind === 'system') return t('contacts.history.box');
  return actor.name ? calm(actor.name) : t('contacts.history.someone');
}

export function changed(kind: string, detail: Detail, by: Actor | null): Told {
  const actor = actorOf(by);
  switch (kind) {
    case 'edited': return { words: t('contacts.history.edited', { actor, fields: joined(listed(detail['fields'])) }) };
    case 'language': return { words: detail['language'] ? t('contacts.history.language', { actor, language: languageName(text(detail['language']), []) }) : t('contacts.history.languageGone', { actor }) };
    case 'tags': return { words: tagged(detail, actor) };
    case 'opted_in': return { words: t('contacts.history.opted_in', { actor }), quote: text(detail['reason']) || undefined };
    case 'merged': return { words: by ? t('contacts.history.merged', { actor, name: text(detail['name']) || number(detail['phone']) }) : t('contacts.history.mergedBox', { name: text(detail['name']) || number(detail['phone']) }) };
    case 'number_changed': return { words: t('contacts.history.number_changed', { before: number(detail['before']), after: number(detail['after']) }) };
    case 'number_shared': return { words: t('contacts.history.number_shared', { after: number(detail['after']) }) };
    case 'created': case 'opted_out': case 'blocked': case 'unblocked': return { words: t(`contacts.history.${kind}`, { actor }) };
    default: return { words: `${actor}: ${calm(kind)}` };
  }
}

function tagged(detail: Detail, actor: string): string {
  const [added, removed] = [listed(detail['added']), listed(detail['removed'])];
  return [
    ...(added.length > 0 ? [t('contacts.history.tagged', { actor, tags: joined(added) })] : []),
    ...(removed.length > 0 ? [t('contacts.history.untagged', { actor, tags: joined(removed) })] : []),
  ].join(' · ');
}

/** What could be written next in the filter: keys, then values of the key. The box alone decides what a filter means. */
import type { TeamMember } from '@/api/types';
import { t } from '@/lib/i18n';
import { type Known, written } from './views';

export interface Suggestion {
  /** What stands in the field when it is taken. A key alone goes on being written. */
  text: string;
  label: string;
  hint?: string;
  color?: string;
}

const KEYS = ['is', 'state', 'assignee', 'team', 'tag', 'window', 'before', 'after'] as const;
const VALUES: Partial<Record<string, readonly string[]>> = {
  is: ['unread', 'read', 'waiting', 'mine', 'unassigned', 'open', 'pending', 'snoozed', 'resolved'],
  state: ['open', 'pending', 'snoozed', 'resolved'],
  window: ['closing', 'open', 'closed'],
};
const MOST = 9;

export function suggest(rest: string, known: Known, colleagues: readonly TeamMember[]): Suggestion[] {
  const word = rest.trimStart();
  const found = /^(-?)(\w+):("?)([^"]*)$/.exec(word);
  if (!found) return keys(word);
  const [, minus = '', key = '', , typed = ''] = found;
  const begins = typed.toLocaleLowerCase();
  return values(key, known, colleagues)
    .filter((one) => one.label.toLocaleLowerCase().includes(begins) || one.text.includes(begins))
    .slice(0, MOST)
    .map((one) => ({ ...one, text: minus + one.text }));
}

function keys(word: string): Suggestion[] {
  const begins = word.toLowerCase();
  const offered: Suggestion[] = KEYS.map((key) => ({ text: `${key}:`, label: `${key}:`, hint: t(`list.filter.hints.${key}`) }));
  offered.push({ text: '-tag:', label: '-tag:', hint: t('list.filter.hints.exclude') });
  // In the middle of a name one does not want to be interrupted.
  return begins === '' ? offered : offered.filter((one) => one.text.startsWith(begins));
}

function values(key: string, { tags, teams }: Known, colleagues: readonly TeamMember[]): Suggestion[] {
  if (key === 'tag' || key === 'label') return tags.map((tag) => ({ text: written('tag', tag.name), label: tag.name, color: tag.color }));
  if (key === 'team') return [...teams.map((team) => named('team', team.name)), named('team', 'none')];
  if (key === 'assignee') return [named('assignee', 'me'), named('assignee', 'none'), ...colleagues.map((one) => named('assignee', one.name))];
  if (key === 'before') return [age('before', '7d', t('list.filter.weekQuiet')), age('before', '30d', t('list.filter.month'))];
  if (key === 'after') return [age('after', '24h', t('list.filter.today')), age('after', '7d', t('list.filter.week'))];
  return (VALUES[key] ?? []).map((value) => named(key, value));
}

const named = (key: string, value: string): Suggestion => ({ text: written(key, value), label: value });
const age = (key: string, value: string, hint: string): Suggestion => ({ text: `${key}:${value}`, label: value, hint });

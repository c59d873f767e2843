/** The views of the inbox: what each asks for in the language of filters, and what to call it. */
import type { Counts, SavedView, Tag } from '@/api/types';
import { t } from '@/lib/i18n';
import { type View, type ViewKey, VIEWS } from '../address';

/** The same words stand in engine/inbox/lists/counts.py, where they are counted. */
export const WORDS: Record<ViewKey, string> = {
  mine: 'state:open assignee:me',
  unassigned: 'state:open assignee:none',
  open: 'state:open',
  unread: 'is:unread',
  waiting: 'is:waiting',
  closing: 'state:open window:closing',
  pending: 'state:pending',
  snoozed: 'state:snoozed',
  resolved: 'state:resolved',
  all: '',
};

export interface Known {
  tags: readonly Tag[];
  saved: readonly SavedView[];
  teams: Counts['teams'];
}

export const isBuiltIn = (view: View): view is ViewKey => VIEWS.some((one) => one === view);
export const idIn = (view: View): string => view.slice(view.indexOf('-') + 1);

/** A term as people write it: with quotes where its value has spaces. */
export const written = (key: string, value: string): string => (/\s/.test(value) ? `${key}:"${value}"` : `${key}:${value}`);

/** What a view asks for; nothing as long as its tag, team or saved view is not known. */
export function wordsOf(view: View, { tags, saved, teams }: Known): string | undefined {
  if (isBuiltIn(view)) return WORDS[view];
  const id = idIn(view);
  if (view.startsWith('saved')) return saved.find((one) => one.id === id)?.q;
  const tag = view.startsWith('tag') ? tags.find((one) => one.id === id) : undefined;
  if (tag) return `state:open ${written('tag', tag.name)}`;
  const team = view.startsWith('team') ? teams.find((one) => one.id === id) : undefined;
  return team && `state:open ${written('team', team.name)}`;
}

export function titleOf(view: View, { tags, saved, teams }: Known): string {
  if (isBuiltIn(view)) return t(`list.views.${view}`);
  const id = idIn(view);
  return [...saved, ...tags, ...teams].find((one) => one.id === id)?.name ?? t('list.views.gone');
}

export const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' ');

/** `is:unread tag:"big spender" rav` → what is complete becomes a chip, the rest is still being written. */
const TERM = /(?:^|\s)(-?\w+:(?:"[^"]*"|[^\s"]+))(?=\s)/g;

export interface Typed {
  chips: string[];
  rest: string;
}

export function split(text: string, finished: boolean): Typed {
  const chips: string[] = [];
  const rest = `${text}${finished ? ' ' : ''}`.replace(TERM, (_, term: string) => {
    chips.push(term);
    return '';
  });
  return { chips, rest: finished ? rest.trim() : rest.replace(/^\s+/, '') };
}

/** What a live event does to a loaded list: pure, and as cheap in a list of fifty thousand as in one of fifty. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Conversation, ListQuery, Page } from '@/api/types';

export interface ListPage extends Page<Conversation> {
  query: ListQuery;
}
export type Lists = InfiniteData<ListPage, string | null>;

const CLOSING_MS = 2 * 3_600_000;

/** Sort ids are 63-bit numbers written as text. */
export const byPlace = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const hasAssignee = (wanted: string | null, actual: { id: string } | null): boolean =>
  wanted === null || (wanted === '0' ? actual === null : actual?.id === wanted);

/** Whether a conversation belongs into a list, by what the box said the filter comes to. */
export function belongs(one: Conversation, query: ListQuery, now: number): boolean {
  const tags = one.tags.map((tag) => tag.id);
  return (query.states.length === 0 || query.states.includes(one.state))
    && hasAssignee(query.assignee, one.assignee)
    && hasAssignee(query.team, one.team)
    && query.tags.every((tag) => tags.includes(tag))
    && !query.without_tags.some((tag) => tags.includes(tag))
    && (query.unread === null || query.unread === one.unread_count > 0)
    && (!query.waiting || one.waiting_since_at !== null)
    && isIn(query.window, one.window_expires_at, now)
    && (query.since === null || byPlace(one.sort_id, query.since) >= 0)
    && (query.until === null || byPlace(one.sort_id, query.until) < 0);
}

function isIn(window: ListQuery['window'], expiresAt: string | null, now: number): boolean {
  if (window === null) return true;
  const left = expiresAt === null ? 0 : Date.parse(expiresAt) - now;
  if (window === 'closed') return left <= 0;
  return left > 0 && (window === 'open' || left <= CLOSING_MS);
}

/** Somebody new to a list that asks for a name: the box is better at it, but a first guess shows at once. */
function isCalled({ contact }: Conversation, words: readonly string[]): boolean {
  const name = contact.name.toLocaleLowerCase();
  return words.every((word) => name.includes(word.toLocaleLowerCase()) || (/^[\d+ ]+$/.test(word) && contact.phone?.includes(word.replace(/\D/g, ''))));
}

/** Moves a conversation to its place, adds it, or takes it out. */
export function place(lists: Lists | undefined, one: Conversation, now: number): Lists | undefined {
  const query = lists?.pages[0]?.query;
  if (!lists || !query) return lists;
  const at = find(lists, one.id);
  const known = at && lists.pages[at[0]]?.items[at[1]];
  const stays = belongs(one, query, now);
  if (!at || !known) return stays && isCalled(one, query.words) ? inserted(lists, one) : lists;
  if (stays && known.sort_id === one.sort_id) return spliced(lists, at, one);
  const without = spliced(lists, at);
  return stays ? inserted(without, one) : without;
}

/** Out of every list: it is somebody else's now. */
export function removed(lists: Lists | undefined, id: string): Lists | undefined {
  const at = lists && find(lists, id);
  return lists && at ? spliced(lists, at) : lists;
}

export function find(lists: Lists, id: string): [page: number, item: number] | undefined {
  for (const [page, { items }] of lists.pages.entries()) {
    const item = items.findIndex((one) => one.id === id);
    if (item >= 0) return [page, item];
  }
  return undefined;
}

/** Only the page that changes is made anew. */
function spliced(lists: Lists, [page, item]: [number, number], ...instead: Conversation[]): Lists {
  return { ...lists, pages: lists.pages.map((one, at) => (at === page ? { ...one, items: one.items.toSpliced(item, 1, ...instead) } : one)) };
}

/** Older than all that is loaded, it waits to be paged in. */
function inserted(lists: Lists, one: Conversation): Lists {
  const last = lists.pages.length - 1;
  for (const [page, { items, next_cursor: next }] of lists.pages.entries()) {
    const lowest = items.at(-1);
    const isHere = (lowest && byPlace(lowest.sort_id, one.sort_id) < 0) || (page === last && next === null);
    if (!isHere) continue;
    const found = items.findIndex((item) => byPlace(item.sort_id, one.sort_id) < 0);
    const at = found < 0 ? items.length : found;
    return { ...lists, pages: lists.pages.map((known, index) => (index === page ? { ...known, items: items.toSpliced(at, 0, one) } : known)) };
  }
  return lists;
}

/** The newest page alone: after a long absence the rest comes again when it is scrolled to. */
export const firstLoaded = (lists: Lists | undefined): Lists | undefined =>
  lists && { pages: lists.pages.slice(0, 1), pageParams: lists.pageParams.slice(0, 1) };

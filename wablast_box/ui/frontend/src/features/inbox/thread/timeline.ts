/** The loaded part of a thread: pages oldest first, growing at both ends. Pure patches of the query cache. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Activity, Message, Note, Timeline, TimelineItem } from '@/api/types';
import { body, text } from '../content';
import { settled } from '../live';

/** Where a page is asked for: at the newest end, beyond a row, around one, or from a moment on. */
export type Place = { before?: string; after?: string; around?: string; at?: string };
export type TimelineData = InfiniteData<Timeline, Place>;

export const idOf = (item: TimelineItem): string => contentOf(item).id;

export const contentOf = (item: TimelineItem): Message | Note | Activity =>
  item.kind === 'message' ? item.message : item.kind === 'note' ? item.note : item.activity;

/** Ids are time-sortable numbers written as text, beyond what JavaScript can count: longer is later, then by digits. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export const itemsOf = (data: TimelineData | undefined): TimelineItem[] => data?.pages.flatMap((page) => page.items) ?? [];

/** Does the loaded part reach the newest row? */
export const reachesEnd = (data: TimelineData | undefined): boolean => (data?.pages.at(-1)?.after ?? null) === null;

/** Puts a row where its id belongs, or in place of what it settles: nothing else moves. */
export function onItem(data: TimelineData | undefined, item: TimelineItem): TimelineData | undefined {
  if (!data) return data;
  if (item.kind === 'message' && item.message.about?.message_id) return onReaction(data, item.message);
  if (!itemsOf(data).some((known) => isSame(known, item))) return inserted(data, item);
  return eachItem(data, (known) => (isSame(known, item) ? merged(known, item) : known));
}

const isSame = (a: TimelineItem, b: TimelineItem): boolean =>
  idOf(a) === idOf(b) || (a.kind === 'message' && b.kind === 'message' && a.message.client_key !== null && a.message.client_key === b.message.client_key);

const merged = (known: TimelineItem, item: TimelineItem): TimelineItem =>
  known.kind === 'message' && item.kind === 'message' ? { kind: 'message', message: settled(known.message, item.message) } : item;

/** Later than all that is loaded: only where the loaded part reaches the end. Older than all: it waits to be paged in. */
function inserted(data: TimelineData, item: TimelineItem): TimelineData {
  const id = idOf(item);
  const at = data.pages.findLastIndex((page) => page.items.some((known) => compareIds(idOf(known), id) < 0));
  const page = data.pages[at] ?? (data.pages[0]?.before === null ? data.pages[0] : undefined);
  if (!page) return data;
  const after = page.items.findIndex((known) => compareIds(idOf(known), id) > 0);
  if (after < 0 && page.after !== null && page === data.pages.at(-1)) return data;
  const items = after < 0 ? [...page.items, item] : page.items.toSpliced(after, 0, item);
  return { ...data, pages: data.pages.map((one) => (one === page ? { ...page, items } : one)) };
}

function eachItem(data: TimelineData, change: (item: TimelineItem) => TimelineItem): TimelineData {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
}

/** A reaction shows on its message at once; the box sends that message too, with what else was said about it. */
function onReaction(data: TimelineData, change: Message): TimelineData {
  if (change.type !== 'reaction' || change.state === 'failed') return data;
  const by = change.direction === 'in' ? 'customer' as const : 'us' as const;
  const emoji = text(body(change.content)['emoji']);
  return eachItem(data, (item) => {
    if (item.kind !== 'message' || item.message.id !== change.about?.message_id) return item;
    const others = item.message.reactions.filter((one) => one.by !== by);
    const own = emoji ? [{ emoji, by, name: change.sender?.name ?? null, at: change.created_at }] : [];
    return { kind: 'message', message: { ...item.message, reactions: [...others, ...own] } };
  });
}

/** After a long absence, or when a thread is left: the newest page alone, and nothing at all where it was never reached. */
export function newestPage(data: TimelineData | undefined): TimelineData | undefined {
  const last = data?.pages.at(-1);
  if (!data || !last || last.after !== null) return undefined;
  // Asked for anew, the newest page is the one at the end, whatever led to it.
  return { pages: [last], pageParams: [{}] };
}

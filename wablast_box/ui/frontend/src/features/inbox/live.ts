/** What a live event does to what is on the screen: pure patches of the query cache. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Conversation, Message, MessageState, Page } from '@/api/types';
import type { Filter } from './address';

export type Pages<T> = InfiniteData<Page<T>, string | null>;

const RANK: Record<MessageState, number> = {
  queued: 0, sending: 1, unconfirmed: 2, sent: 3, delivered: 4, read: 5, played: 6, received: 7, failed: 8,
};

/** An answer and an event may cross: the state further along stays. A retry starts over, so failed gives way to it. */
export function settled(known: Message, next: Message): Message {
  const restarted = (known.state === 'failed' || known.state === 'unconfirmed') && RANK[next.state] < 3;
  const kept = withFile(known, next);
  return restarted || RANK[next.state] >= RANK[known.state] ? kept : { ...kept, state: known.state, error: known.error };
}

/** A file that is here stays here, whatever an older answer says of it. */
const withFile = (known: Message, next: Message): Message =>
  known.attachment?.state === 'stored' && next.attachment?.state !== 'stored' ? { ...next, attachment: known.attachment } : next;

/** Newer first; ids are time-sortable numbers written as text. */
export const byNewest = (a: Message, b: Message): number =>
  a.created_at === b.created_at ? compareIds(b.id, a.id) : a.created_at < b.created_at ? 1 : -1;

const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const eachPage = <T>(data: Pages<T>, change: (items: T[]) => T[]): Pages<T> => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, items: change(page.items) })),
});

const activity = (conversation: Conversation): string => conversation.last_message?.created_at ?? '';

/** Whether a conversation belongs in a list. The search of the box cannot be repeated here: what it found stays. */
export function belongs(conversation: Conversation, filter: Filter, me: string | undefined): boolean {
  if (filter === 'unread') return conversation.unread_count > 0;
  if (filter === 'unassigned') return conversation.assignee === null;
  return filter === 'all' || conversation.assignee?.id === me;
}

export interface ListKind {
  filter: Filter;
  q: string;
  me: string | undefined;
}

/** Moves a conversation to where its newest message puts it, adds it, or takes it out. */
export function onConversation(lists: Pages<Conversation> | undefined, conversation: Conversation, kind: ListKind): Pages<Conversation> | undefined {
  if (!lists) return lists;
  const known = lists.pages.flatMap((page) => page.items).find((item) => item.id === conversation.id);
  if (!known && (kind.q !== '' || !belongs(conversation, kind.filter, kind.me))) return lists;
  if (known && (kind.q !== '' || activity(known) === activity(conversation))) return replaced(lists, conversation, kind);
  const without = eachPage(lists, (items) => items.filter((item) => item.id !== conversation.id));
  return belongs(conversation, kind.filter, kind.me) ? placed(without, conversation) : without;
}

function replaced(lists: Pages<Conversation>, conversation: Conversation, kind: ListKind): Pages<Conversation> {
  const stays = kind.q !== '' || belongs(conversation, kind.filter, kind.me);
  return eachPage(lists, (items) => items.flatMap((item) => (item.id !== conversation.id ? [item] : stays ? [conversation] : [])));
}

function placed(lists: Pages<Conversation>, conversation: Conversation): Pages<Conversation> {
  let done = false;
  const last = lists.pages.length - 1;
  return {
    ...lists,
    pages: lists.pages.map((page, index) => {
      if (done) return page;
      const at = page.items.findIndex((item) => activity(item) <= activity(conversation));
      if (at < 0 && !(index === last && page.next_cursor === null)) return page;
      done = true;
      return { ...page, items: at < 0 ? [...page.items, conversation] : page.items.toSpliced(at, 0, conversation) };
    }),
  };
}

/** A message event changes the line in the list at once; the conversation event that follows brings the rest. */
export function onLastMessage(conversation: Conversation, message: Message): Conversation {
  const last = conversation.last_message;
  if (last && last.id !== message.id && byNewest(message, last) > 0) return conversation;
  if (last?.id === message.id) return { ...conversation, last_message: settled(last, message) };
  return { ...conversation, last_message: message };
}

/** Keeps the first page only: after a long absence the rest is fetched again as it is scrolled to. */
export const firstPage = <T>(data: Pages<T> | undefined): Pages<T> | undefined =>
  data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) };

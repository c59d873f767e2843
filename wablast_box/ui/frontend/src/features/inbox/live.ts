/** What a live event does to what is on the screen: pure patches of the query cache. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Conversation, Message, MessageState, Page } from '@/api/types';

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

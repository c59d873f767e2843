/** People and messages for the tests of this folder: Kabir writes in, Ravi answers. */
import type { Activity, Conversation, Message, Note, Page, TimelineItem } from '@/api/types';
import type { Pages } from './live';
import { idOf, itemsOf, type TimelineData } from './thread/timeline';

export const aMessage = (id: string, change: Partial<Message> = {}): Message => ({
  id, conversation_id: '1', wamid: `wamid.${id}`, direction: 'in', type: 'text', text: `text ${id}`, content: { body: `text ${id}` },
  attachment: null, reply_to: null, state: 'received', error: null, idempotency_key: null, client_key: null, sender: null,
  about: null, reactions: [], edited: null, revoked: null, forwarded: false, created_at: `2026-11-22T06:00:${id.padStart(2, '0')}Z`, sent_at: null, delivered_at: null, read_at: null, ...change,
});

export const aReply = (id: string, change: Partial<Message> = {}): Message =>
  aMessage(id, { direction: 'out', state: 'sent', sender: { kind: 'user', name: 'Ravi' }, ...change });

export const aConversation = (id: string, change: Partial<Conversation> = {}): Conversation => ({
  id, contact: { id: `c${id}`, name: 'Kabir', phone: '919820012345', wa_id: '919820012345', user_id: null, blocked: false },
  last_message: aMessage(id, { conversation_id: id }), unread_count: 0, window_expires_at: null, free_entry_until: null,
  assignee: null, team: null, state: 'open', snoozed_until: null, waiting_since_at: null, tags: [], sort_id: id, reminder: null, ...change,
});

export const pagesOf = <T>(...pages: T[][]): Pages<T> => ({
  pages: pages.map((items, index): Page<T> => ({ items, next_cursor: index === pages.length - 1 ? null : String(index) })),
  pageParams: pages.map((_, index) => (index === 0 ? null : String(index - 1))),
});

export const idsOf = <T extends { id: string }>(data: Pages<T> | undefined): string[] => data?.pages.flatMap((page) => page.items.map((item) => item.id)) ?? [];

export const aNote = (id: string, change: Partial<Note> = {}): Note => ({
  id, conversation_id: '1', author: { kind: 'user', id: '7', name: 'Ravi' }, text: `note ${id}`, mentions: [], edited_at: null, deleted: null,
  created_at: `2026-11-22T06:00:${id.padStart(2, '0')}Z`, ...change,
});

export const anActivity = (id: string, change: Partial<Activity> = {}): Activity => ({
  id, conversation_id: '1', kind: 'assigned', actor: { kind: 'user', id: '7', name: 'Ravi' }, detail: { user: { id: '7', name: 'Ravi' } },
  created_at: `2026-11-22T06:00:${id.padStart(2, '0')}Z`, ...change,
});

export const asItem = (message: Message): TimelineItem => ({ kind: 'message', message });

/** Pages of messages, oldest first, with nothing beyond either end. */
export const aTimeline = (...pages: Message[][]): TimelineData => ({
  pages: pages.map((messages, at) => ({
    items: messages.map(asItem), before: at === 0 ? null : messages[0]?.id ?? null, after: at === pages.length - 1 ? null : messages.at(-1)?.id ?? null,
  })),
  pageParams: pages.map(() => ({})),
});

export const timelineIds = (data: TimelineData | undefined): string[] => itemsOf(data).map(idOf);

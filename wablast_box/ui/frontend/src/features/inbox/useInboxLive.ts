/** Wires the line to the cache: events become patches, an absence becomes a few fetches. */
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '@/api/client';
import { useSession } from '@/api/session';
import type { Conversation, Message, TimelineItem } from '@/api/types';
import { type LiveEvents, type Missed, onLive, onReturn } from '@/live/events';
import { useLine } from '@/live/socket';
import { find, firstLoaded, type Lists, place, removed } from './list/placing';
import { onLastMessage } from './live';
import { beginOutbox, onSettled, resume } from './outbox';
import { newestPage, onItem, type TimelineData } from './thread/timeline';

export function useInboxLive(): void {
  const client = useQueryClient();
  const me = useSession().user?.id;
  useEffect(() => {
    const stops = [
      onLive('message.received', ({ message }) => { patchMessage(client, message, me); }),
      onLive('message.updated', ({ message }) => { patchMessage(client, message, me); }),
      onLive('note.added', ({ note }) => { patchTimeline(client, note.conversation_id, { kind: 'note', note }); }),
      onLive('note.updated', ({ note }) => { patchTimeline(client, note.conversation_id, { kind: 'note', note }); }),
      onLive('activity.added', ({ activity }) => { patchTimeline(client, activity.conversation_id, { kind: 'activity', activity }); }),
      onLive('conversation.updated', inBursts(client)),
      onLive('conversation.taken', ({ conversation_id: id, assignee_id: assignee }) => { onTaken(client, id, assignee, me); }),
      onLive('contact.merged', (merged) => { onMerged(client, merged); }),
      onReturn((missed) => { void catchUp(client, missed, me); }),
      useLine.subscribe(({ state }) => { if (state === 'live') resume(); }),
    ];
    onSettled((message) => { patchMessage(client, message, me); });
    beginOutbox();
    // Not needed for the first look at the inbox.
    const keeping = import('./offline').then(({ keepLatest }) => keepLatest(client));
    if (useLine.getState().state === 'live') resume();
    return () => {
      for (const stop of stops) stop();
      void keeping.then((stop) => { stop(); });
      // Nobody patches these while the inbox is away: the next visit asks again.
      void client.invalidateQueries({ predicate: isInbox, refetchType: 'none' });
    };
  }, [client, me]);
}

const isInbox = ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
  ['conversations', 'conversation', 'timeline'].includes(String(queryKey[0]));

export function patchMessage(client: QueryClient, message: Message, me: string | undefined): void {
  patchTimeline(client, message.conversation_id, { kind: 'message', message });
  const target = message.about?.message_id;
  // Our own reaction did not get there: what it stood on shows the former one again.
  if (target && message.state === 'failed') void refresh(client, target, me);
  const known = findConversation(client, message.conversation_id);
  if (known) patchConversation(client, onLastMessage(known, message));
}

/** A row of a thread came or changed. */
export function patchTimeline(client: QueryClient, conversationId: string, item: TimelineItem): void {
  patch<TimelineData>(client, ['timeline', conversationId], (thread) => onItem(thread, item));
}

async function refresh(client: QueryClient, id: string, me: string | undefined): Promise<void> {
  patchMessage(client, await answer(api.GET('/api/v1/messages/{id}', { params: { path: { id } } })), me);
}

/** The number of what the line told last of each conversation. */
const toldAt = new Map<string, number>();
let tellings = 0;
/** Told, and drawn in a moment. */
const waiting = new Map<string, Conversation>();

/** What the box answers about a conversation. If the line told of it meanwhile, the answer may be older than that, and whatever
 *  that lacked is told as well: then the answer changes nothing. */
export async function patchAnswer<T extends Conversation | null>(client: QueryClient, asking: Promise<T>): Promise<T> {
  const since = tellings;
  const answered = await asking;
  if (!answered) return answered;
  // Whoever asked goes on from what is shown: it is shown now, also when the line told it.
  const newest = (toldAt.get(answered.id) ?? 0) > since ? waiting.get(answered.id) : answered;
  if (newest) patchConversation(client, newest);
  return answered;
}

export function patchConversation(client: QueryClient, conversation: Conversation): void {
  patch<Conversation>(client, ['conversation', conversation.id], () => conversation);
  patchLists(client, (lists) => place(lists, conversation, Date.now()));
}

function patchLists(client: QueryClient, change: (lists: Lists | undefined) => Lists | undefined): void {
  for (const [key] of client.getQueriesData<Lists>({ queryKey: ['conversations'] })) patch<Lists>(client, key, change);
}

/** A colleague took it, and only what is mine or nobody's is mine to see. */
function onTaken(client: QueryClient, id: string, assignee: string, me: string | undefined): void {
  if (assignee === me) return;
  patchLists(client, (lists) => removed(lists, id));
  void client.invalidateQueries({ queryKey: ['conversation', id] });
}

/** Two customers were one: their conversations are one now, and whoever looks at the former one is led to it. */
function onMerged(client: QueryClient, { gone_conversation_id: gone, conversation_id: kept }: LiveEvents['contact.merged']): void {
  if (!gone) return;
  patchLists(client, (lists) => removed(lists, gone));
  client.removeQueries({ queryKey: ['timeline', gone] });
  void client.invalidateQueries({ queryKey: ['conversation', gone] });
  if (kept) void client.invalidateQueries({ queryKey: ['timeline', kept] });
}

const BURST_MS = 16;

/** Hundreds of conversations may change in one moment: the screen is drawn once for all of them. */
export function inBursts(client: QueryClient): (event: { conversation: Conversation }) => void {
  const flush = () => {
    for (const conversation of waiting.values()) patchConversation(client, conversation);
    waiting.clear();
  };
  return ({ conversation }) => {
    tellings += 1;
    toldAt.set(conversation.id, tellings);
    if (waiting.size === 0) window.setTimeout(flush, BURST_MS);
    waiting.set(conversation.id, conversation);
  };
}

/** An answer that was on its way when the event came may lack it: the patch is made once more when it is there. */
export function patch<T>(client: QueryClient, queryKey: QueryKey, change: (data: T | undefined) => T | undefined): void {
  client.setQueryData<T>(queryKey, change);
  const asked = client.getQueryCache().find({ queryKey, fetchStatus: 'fetching' });
  asked?.promise?.then(() => { client.setQueryData<T>(queryKey, change); }, () => undefined);
}

export function findConversation(client: QueryClient, id: string): Conversation | undefined {
  const alone = client.getQueryData<Conversation>(['conversation', id]);
  if (alone) return alone;
  for (const [, lists] of client.getQueriesData<Lists>({ queryKey: ['conversations'] })) {
    const at = lists && find(lists, id);
    if (at) return lists.pages[at[0]]?.items[at[1]];
  }
  return undefined;
}

const MOST = 40;
const THREAD_LINES = new Set(['note.added', 'note.updated', 'activity.added']);

async function catchUp(client: QueryClient, missed: Missed, me: string | undefined): Promise<void> {
  if (missed === 'everything') {
    await startOver(client);
    return;
  }
  const conversations = new Set(missed.flatMap(({ conversation_id }) => conversation_id ?? []));
  const messages = new Map(missed.flatMap(({ message_id, conversation_id }) => (message_id && conversation_id ? [[message_id, conversation_id]] : [])));
  const open = [...messages].filter(([, conversation]) => client.getQueryData(['timeline', conversation]));
  const others = new Set(missed.flatMap(({ name, conversation_id }) => (conversation_id && THREAD_LINES.has(name) ? [conversation_id] : [])));
  if (conversations.size + open.length > MOST) {
    await startOver(client);
    return;
  }
  await Promise.allSettled([
    ...[...conversations].map((id) => patchAnswer(client, answer(api.GET('/api/v1/conversations/{id}', { params: { path: { id } } })))),
    ...open.map(([id]) => refresh(client, id, me)),
    // Notes and activities have no address of their own: a thread that gained some is read again.
    ...[...others].map((id) => client.invalidateQueries({ queryKey: ['timeline', id] })),
  ]);
}

/** Only the newest page of each list comes again; the rest when it is scrolled to. */
async function startOver(client: QueryClient): Promise<void> {
  client.setQueriesData<Lists>({ queryKey: ['conversations'] }, firstLoaded);
  client.setQueriesData<TimelineData>({ queryKey: ['timeline'] }, (thread) => newestPage(thread) ?? thread);
  await client.invalidateQueries({ predicate: isInbox });
}

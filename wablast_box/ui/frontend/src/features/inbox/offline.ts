/** Keeps the newest page of the last fifty chats, also of those that nobody opened: a few at a time, while nobody waits for anything. */
import type { QueryClient } from '@tanstack/react-query';
import type { Conversation } from '@/api/types';
import { useLine } from '@/live/socket';
import { keepNow, recallKept } from '@/offline/keep';
import { conversationQuery, timelinePage, timelineQuery } from './queries';
import type { Lists } from './list/placing';
import type { TimelineData } from './thread/timeline';

const MOST = 50;
const A_ROUND = 10;
const FIRST_MS = 6_000;
const EVERY_MS = 45_000;
const APART_MS = 200;

/** Conversation → its newest message that is kept. */
const kept = new Map<string, string>();

export function keepLatest(client: QueryClient): () => void {
  let timer = 0;
  const round = async () => {
    // A line that does not stand yet, or a hidden window, is looked at again soon.
    const now = isTime();
    if (now) await keepSome(client).catch(() => undefined);
    timer = window.setTimeout(() => { void round(); }, now ? EVERY_MS : FIRST_MS);
  };
  timer = window.setTimeout(() => { void round(); }, FIRST_MS);
  return () => { window.clearTimeout(timer); };
}

const isTime = (): boolean => document.visibilityState === 'visible' && useLine.getState().state === 'live' && !isSparing();

async function keepSome(client: QueryClient): Promise<void> {
  let left = A_ROUND;
  for (const conversation of latest(client)) {
    if (left === 0) return;
    if (await isKept(conversation)) continue;
    left -= 1;
    await keepOne(conversation);
    await new Promise((resolve) => { window.setTimeout(resolve, APART_MS); });
  }
}

/** The chats that are read without the box: of the list that was last looked at and is kept itself. */
export function latest(client: QueryClient): Conversation[] {
  const lists = client.getQueryCache().findAll({ queryKey: ['conversations'] }).filter((query) => query.meta?.['keep'] === 'lists');
  const newest = lists.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0];
  const data = newest?.state.data as Lists | undefined;
  return data?.pages.flatMap((page) => page.items).slice(0, MOST) ?? [];
}

async function isKept({ id, last_message }: Conversation): Promise<boolean> {
  if (last_message === null) return true;
  if (!kept.has(id)) kept.set(id, newestOf(await recallKept(timelineQuery(id).queryKey)));
  return kept.get(id) === last_message.id;
}

function newestOf(data: unknown): string {
  const items = (data as TimelineData | undefined)?.pages.at(-1)?.items ?? [];
  return items.findLast((item) => item.kind === 'message')?.message?.id ?? '';
}

async function keepOne(conversation: Conversation): Promise<void> {
  const data = { pages: [await timelinePage(conversation.id, {})], pageParams: [{}] };
  await keepNow('threads', timelineQuery(conversation.id).queryKey, data);
  await keepNow('chats', conversationQuery(conversation.id).queryKey, conversation);
  // What the list calls the newest may be a reaction, which has no row of its own: it is not asked for again.
  kept.set(conversation.id, conversation.last_message?.id ?? '');
}

interface Connection {
  saveData?: boolean;
}

/** Somebody pays for each megabyte. */
const isSparing = (): boolean => (Reflect.get(navigator, 'connection') as Connection | undefined)?.saveData === true;

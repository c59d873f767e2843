/** What the inbox asks the box for. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Conversation, Timeline } from '@/api/types';
import { keptAs } from '@/offline/keep';
import { firstLoaded, type Lists } from './list/placing';
import { newestPage, type Place, type TimelineData } from './thread/timeline';

const first = (): string | null => null;

const FIRST = 60;
const FURTHER = 200;

/** A list by the words of its filter; `kept` is read without the box too. What was loaded is compared with nothing: fifty thousand rows would take a while. */
export const conversationsQuery = (words: string, kept: boolean) =>
  infiniteQueryOptions({
    queryKey: ['conversations', words],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET('/api/v1/conversations', { params: { query: { q: words || undefined, limit: pageParam === null ? FIRST : FURTHER, cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: first(),
    getNextPageParam: (page) => page.next_cursor,
    structuralSharing: false,
    ...(kept ? keptAs<Lists>('lists', firstLoaded) : {}),
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/conversations/{id}', { params: { path: { id } }, signal })),
    ...keptAs<Conversation>('chats', (conversation) => conversation),
  });

const end = (): Place => ({});

/** Messages, notes and what was done, oldest first: from the newest page on, growing at both ends. */
export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id],
    queryFn: ({ pageParam, signal }) => timelinePage(id, pageParam, signal),
    initialPageParam: end(),
    getNextPageParam: (page): Place | null => (page.after === null ? null : { after: page.after }),
    getPreviousPageParam: (page): Place | null => (page.before === null ? null : { before: page.before }),
    ...keptAs<TimelineData>('threads', newestPage),
  });

export const timelinePage = (id: string, place: Place, signal?: AbortSignal): Promise<Timeline> =>
  answer(api.GET('/api/v1/conversations/{id}/timeline', { params: { path: { id }, query: { limit: 60, ...place } }, signal }));

/** One message that is quoted but not loaded. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/messages/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });

/** Whom a note may call; that depends on who looks after the conversation. */
export const mentionableQuery = (id: string, assignee: string | null) =>
  queryOptions({
    queryKey: ['mentionable', id, assignee],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/conversations/{id}/mentionable', { params: { path: { id } }, signal }))).items,
    staleTime: 60_000,
  });

/** Names of colleagues, for handing a conversation over. */
export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/team', { signal }))).items,
});

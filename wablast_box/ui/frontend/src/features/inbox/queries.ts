/** What the inbox asks the box for. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Filter } from './address';

const first = (): string | null => null;

export const conversationsQuery = (filter: Filter, q: string) =>
  infiniteQueryOptions({
    queryKey: ['conversations', filter, q],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET('/api/v1/conversations', { params: { query: { filter, q: q || undefined, limit: 60, cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: first(),
    getNextPageParam: (page) => page.next_cursor,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/conversations/{id}', { params: { path: { id } }, signal })),
  });

/** Newest first, as the box pages them; the thread turns them round. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', id],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET('/api/v1/conversations/{id}/messages', { params: { path: { id }, query: { limit: 60, cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: first(),
    getNextPageParam: (page) => page.next_cursor,
  });

/** One message that is quoted but not loaded. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/messages/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/contacts/{id}', { params: { path: { id } }, signal })),
  });

/** Names of colleagues, for handing a conversation over. */
export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/team', { signal }))).items,
});

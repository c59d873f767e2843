/** The raw log, the figures and the alarms. Refreshed only while somebody looks. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { WebhookEvent } from '@/api/types';
import { startOfDay } from '@/lib/dates';
import type { WebhooksSearch } from './address';

export type WebhookState = WebhookEvent['state'];
export const STATES: readonly WebhookState[] = ['pending', 'processed', 'ignored', 'failed'];

export const webhooksQuery = ({ state, kind, from, to, q }: WebhooksSearch) =>
  infiniteQueryOptions({
    queryKey: ['webhook-events', 'list', state ?? 'all', kind ?? '', from ?? '', to ?? '', q ?? ''],
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/webhook-events', {
      params: { query: { state, kind, since: from && startOfDay(from), until: to && startOfDay(dayAfter(to)), contains: q, limit: 50, cursor: pageParam } },
    })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    // Every page is asked for again, so only while few are open; and a search reads bodies.
    refetchInterval: (query) => (q || (query.state.data?.pages.length ?? 0) > 3 ? false : 5000),
  });

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhook-events', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/webhook-events/{id}', { params: { path: { id } } })),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === 'pending' ? 1500 : false),
  });

export function useReplay(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhook-events/{id}/replay', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhook-events'] }),
  });
}

export function useReplayFailed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhook-events/replay', { body: { state: 'failed' } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhook-events'] }),
  });
}

export function useDismiss(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhook-events/{id}/dismiss', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhook-events'] }),
  });
}

/** "2026-11-30" → "2026-12-01" */
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The same figures as in the status bar, under the same name, so that the two never disagree. */
export const statusQuery = queryOptions({
  queryKey: ['diagnostics'],
  queryFn: () => answer(api.GET('/api/v1/diagnostics')),
  refetchInterval: 5000,
  staleTime: 0,
});

export const allAlarmsQuery = queryOptions({
  queryKey: ['alarms', 'all'],
  queryFn: async () => (await answer(api.GET('/api/v1/alarms', { params: { query: { limit: 200 } } }))).items,
  refetchInterval: 30_000,
  staleTime: 0,
});

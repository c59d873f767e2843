import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { may } from '@/api/session';
import type { Session } from '@/api/types';

/** What the status bar says. Asked for only while somebody looks, and only by those who may see it. */
export const diagnosticsQuery = (session: Session) =>
  queryOptions({
    queryKey: ['diagnostics'],
    queryFn: () => answer(api.GET('/api/v1/diagnostics')),
    enabled: may(session, 'status.read'),
    refetchInterval: 10_000,
    refetchIntervalInBackground: false,
    retry: false,
  });

export const alarmsQuery = queryOptions({
  queryKey: ['alarms'],
  queryFn: () => answer(api.GET('/api/v1/alarms', { params: { query: { limit: 20 } } })),
  refetchInterval: 60_000,
  retry: false,
});

/** How many conversations wait, for the mark on the rail. The box counts up to a page; beyond that the mark says 99+. */
export const unreadQuery = queryOptions({
  queryKey: ['unread-count'],
  queryFn: async () => (await answer(api.GET('/api/v1/conversations', { params: { query: { filter: 'unread', limit: 100 } } }))).items.length,
  refetchInterval: 60_000,
  retry: false,
});

export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['command-bar', q],
    queryFn: async () => (await answer(api.GET('/api/v1/conversations', { params: { query: { q, filter: 'all', limit: 8 } } }))).items,
    enabled: q.length >= 2,
    staleTime: 10_000,
  });

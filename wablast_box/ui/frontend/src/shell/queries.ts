import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { may } from '@/api/session';
import type { Session } from '@/api/types';
import { goesStale } from '@/live/stale';

goesStale('alarms', 'alarm.changed');

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

/** How many conversations each view holds: for the mark on the rail, and for the inbox. */
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/conversations/counts', { signal })),
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

/** Tags and saved views: few, and asked for again when they change. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '@/api/client';
import { onLive } from '@/live/events';
import { goesStale } from '@/live/stale';
import { countsQuery } from '@/shell/queries';
import { firstLoaded, type Lists } from './placing';
import type { Known } from './views';

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/tags', { signal }))).items,
  staleTime: Infinity,
});

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/views', { signal }))).items,
  staleTime: Infinity,
});

/** Everything that a view can be about. */
export function useKnown(): Known {
  const tags = useQuery(tagsQuery).data;
  const saved = useQuery(viewsQuery).data;
  const teams = useQuery(countsQuery).data?.teams;
  return useMemo(() => ({ tags: tags ?? [], saved: saved ?? [], teams: teams ?? [] }), [saved, tags, teams]);
}

goesStale('tags', 'tags.changed');
goesStale('views', 'views.changed');

/** What stands on rows is called otherwise, or is gone: only the newest page of each list comes again at once. */
export function useLiveNames(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onLive('tags.changed', ({ is_new }) => {
        // A tag that is new is on nothing yet.
        if (is_new) return;
        client.setQueriesData<Lists>({ queryKey: ['conversations'] }, firstLoaded);
        for (const key of ['conversations', 'conversation']) void client.invalidateQueries({ queryKey: [key] });
      }),
    [client],
  );
}

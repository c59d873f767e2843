/** Tags and saved views: few, and asked for again when they change. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '@/api/client';
import { targetsQuery } from '@/features/desk/queries';
import { onLive } from '@/live/events';
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

/** What stands on rows is called otherwise, or is gone: only the newest page of each list comes again at once. */
function lookAgain(client: QueryClient): void {
  client.setQueriesData<Lists>({ queryKey: ['conversations'] }, firstLoaded);
  for (const key of ['conversations', 'conversation', 'contacts', 'contact']) void client.invalidateQueries({ queryKey: [key] });
}

/** Somebody made, renamed or deleted a tag or a view, or promised something else. The shell counts what they hold. */
export function useLiveNames(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [onLive('tags.changed', ({ is_new }) => { void client.invalidateQueries(tagsQuery); if (!is_new) lookAgain(client); }), onLive('views.changed', () => { void client.invalidateQueries(viewsQuery); }), onLive('service_targets.changed', () => { void client.invalidateQueries(targetsQuery); })];
    return () => { for (const stop of stops) stop(); };
  }, [client]);
}

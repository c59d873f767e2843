/** Tags and saved views: few, and asked for again when they change. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '@/api/client';
import { onLive } from '@/live/events';
import { countsQuery } from '@/shell/queries';
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

/** Somebody made, renamed or deleted a tag or a view. The shell counts what they hold. */
export function useLiveNames(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [onLive('tags.changed', () => { void client.invalidateQueries(tagsQuery); }), onLive('views.changed', () => { void client.invalidateQueries(viewsQuery); })];
    return () => { for (const stop of stops) stop(); };
  }, [client]);
}

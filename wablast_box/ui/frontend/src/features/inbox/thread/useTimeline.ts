/** The loaded part of a thread, how it grows at both ends, and how one gets to a place that is not loaded. */
import { type QueryKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { TimelineItem } from '@/api/types';
import { toastError } from '@/lib/toasts';
import { onLive } from '@/live/events';
import { timelinePage, timelineQuery } from '../queries';
import { patchTimeline } from '../useInboxLive';
import { contentOf, idOf, itemsOf, newestPage, type Place, reachesEnd, type TimelineData } from './timeline';

/** One end of what is loaded. */
export interface End {
  more: boolean;
  loading: boolean;
  load: () => void;
}

/** A row to go to; a new object each time, so that the same row can be gone to twice. */
export interface Wanted {
  id: string;
  quiet: boolean;
}

export interface TimelineView {
  items: TimelineItem[];
  isPending: boolean;
  error: Error | null;
  isLoaded: boolean;
  retry: () => void;
  earlier: End;
  later: End;
  wanted: Wanted | null;
  jump: (id: string) => void;
  jumpTo: (moment: string) => void;
  toNewest: () => void;
}

const NONE: TimelineItem[] = [];
const keyOf = (id: string): QueryKey => timelineQuery(id).queryKey;

export function useTimeline(id: string): TimelineView {
  const client = useQueryClient();
  const query = useInfiniteQuery(timelineQuery(id));
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const { data, fetchNextPage, fetchPreviousPage, hasNextPage, hasPreviousPage, isFetchingNextPage, isFetchingPreviousPage, refetch } = query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? NONE, [data]);
  useForgetting(id);

  const replace = useCallback(async (place: Place) => {
    const told = listen(id);
    const page = await timelinePage(id, place).finally(told.stop);
    // A page that is still on its way belongs to the part that is left: it must not bring that back.
    await client.cancelQueries({ queryKey: keyOf(id) });
    client.setQueryData<TimelineData>(keyOf(id), { pages: [page], pageParams: [place] });
    for (const item of told.items) patchTimeline(client, id, item);
    return page;
  }, [client, id]);

  const jump = useCallback((row: string) => {
    const known = itemsOf(client.getQueryData<TimelineData>(keyOf(id))).some((item) => idOf(item) === row);
    if (known) setWanted({ id: row, quiet: false });
    else replace({ around: row }).then(() => { setWanted({ id: row, quiet: false }); }, toastError);
  }, [client, id, replace]);

  const jumpTo = useCallback((moment: string) => {
    replace({ at: moment }).then(({ items: found }) => {
      const first = found.find((item) => createdAt(item) >= Date.parse(moment)) ?? found.at(-1);
      if (first) setWanted({ id: idOf(first), quiet: true });
    }, toastError);
  }, [replace]);

  const toNewest = useCallback(() => {
    if (reachesEnd(client.getQueryData<TimelineData>(keyOf(id)))) return;
    setWanted(null);
    replace({}).catch(toastError);
  }, [client, id, replace]);

  return {
    items, isPending: query.isPending, error: query.error, isLoaded: data !== undefined, retry: () => { void refetch(); },
    earlier: { more: hasPreviousPage, loading: isFetchingPreviousPage, load: () => { void fetchPreviousPage(); } },
    later: { more: hasNextPage, loading: isFetchingNextPage, load: () => { void fetchNextPage(); } },
    wanted, jump, jumpTo, toNewest,
  };
}

const createdAt = (item: TimelineItem): number => Date.parse(contentOf(item).created_at);

/** What the line tells of a conversation: a page that is on its way may have been read before it. */
function listen(id: string): { items: TimelineItem[]; stop: () => void } {
  const items: TimelineItem[] = [];
  const take = (item: TimelineItem) => { if (contentOf(item).conversation_id === id) items.push(item); };
  const stops = [
    onLive('message.received', ({ message }) => { take({ kind: 'message', message }); }), onLive('message.updated', ({ message }) => { take({ kind: 'message', message }); }),
    onLive('note.added', ({ note }) => { take({ kind: 'note', note }); }), onLive('note.updated', ({ note }) => { take({ kind: 'note', note }); }),
    onLive('activity.added', ({ activity }) => { take({ kind: 'activity', activity }); }),
  ];
  return { items, stop: () => { for (const stop of stops) stop(); } };
}

/** Who leaves a thread keeps its newest page in memory and no more, so that a day of chats stays small. */
function useForgetting(id: string): void {
  const client = useQueryClient();
  useEffect(() => () => {
    const queryKey = keyOf(id);
    const left = newestPage(client.getQueryData<TimelineData>(queryKey));
    if (left) client.setQueryData<TimelineData>(queryKey, left);
    else client.removeQueries({ queryKey });
  }, [client, id]);
}

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Conversation } from '@/api/types';
import { conversationQuery, timelineQuery } from '../queries';

const SETTLED_MS = 120;
/** A pointer that only passes over a row asks for nothing. */
const MEANT_MS = 40;

/** The neighbours of the open conversation are loaded ahead, so that J and K show them at once. Their rows are the very answer
 *  that would be asked for: as long as the list is fresh, that is not asked again. */
export function usePrefetch(rows: Conversation[], at: number, loadedAt: number): void {
  const client = useQueryClient();
  const around = at < 0 ? [] : [rows[at + 1]?.id, rows[at - 1]?.id, rows[at + 2]?.id, rows[at - 2]?.id];
  const wanted = around.filter((id) => id !== undefined).join();
  const latest = useRef({ rows, loadedAt });
  useEffect(() => { latest.current = { rows, loadedAt }; });
  useEffect(() => {
    if (!wanted) return;
    const timer = window.setTimeout(() => {
      for (const id of wanted.split(',')) {
        const row = latest.current.rows.find((one) => one.id === id);
        if (row) begin(client, row, latest.current.loadedAt);
        prefetch(client, id);
      }
    }, SETTLED_MS);
    return () => { window.clearTimeout(timer); };
  }, [client, wanted]);
}

export function begin(client: QueryClient, row: Conversation, updatedAt: number): void {
  const asked = client.defaultQueryOptions(conversationQuery(row.id));
  if (client.getQueryState(asked.queryKey)) return;
  // Made with its options, so that it is kept for reading without the box too.
  client.getQueryCache().build(client, asked);
  client.setQueryData(asked.queryKey, row, { updatedAt });
}

let pointing: number | undefined;

/** Whoever points at a row is about to open it: a hand takes a tenth of a second to press. */
export function pointAt(client: QueryClient, id: string | null): void {
  window.clearTimeout(pointing);
  if (id !== null) pointing = window.setTimeout(() => { prefetch(client, id); }, MEANT_MS);
}

function prefetch(client: QueryClient, id: string): void {
  if (!client.getQueryData(['timeline', id])) void client.prefetchInfiniteQuery(timelineQuery(id));
}

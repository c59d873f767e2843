import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Conversation } from '@/api/types';
import { timelineQuery } from '../queries';

const SETTLED_MS = 120;

/** The neighbours of the open conversation are loaded ahead, so that J and K show them at once. */
export function usePrefetch(rows: Conversation[], at: number): void {
  const client = useQueryClient();
  const around = at < 0 ? [] : [rows[at + 1]?.id, rows[at - 1]?.id, rows[at + 2]?.id, rows[at - 2]?.id];
  const wanted = around.filter((id) => id !== undefined).join();
  useEffect(() => {
    if (!wanted) return;
    const timer = window.setTimeout(() => {
      for (const id of wanted.split(',')) if (!client.getQueryData(['timeline', id])) void client.prefetchInfiniteQuery(timelineQuery(id));
    }, SETTLED_MS);
    return () => { window.clearTimeout(timer); };
  }, [client, wanted]);
}

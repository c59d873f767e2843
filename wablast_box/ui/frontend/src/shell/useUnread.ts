import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { may, useSession } from '@/api/session';
import { onLive, onReturn } from '@/live/events';
import { countsQuery } from './queries';

const LEAST_MS = 1500;
const MOST_MS = 15_000;

/** How many conversations are unread. Counts follow what happens; the longer the box takes to count, the less often it is asked. */
export function useUnread(): number {
  const client = useQueryClient();
  const enabled = may(useSession(), 'inbox.read');
  const { data } = useQuery({ ...countsQuery, enabled });
  useEffect(() => {
    if (!enabled) return;
    let timer = 0;
    let gap = LEAST_MS;
    const count = async () => {
      const began = performance.now();
      if (!document.hidden) await client.invalidateQueries(countsQuery);
      gap = Math.min(MOST_MS, Math.max(LEAST_MS, (performance.now() - began) * 30));
      timer = 0;
    };
    const ask = () => { timer ||= window.setTimeout(() => { void count(); }, gap); };
    const stops = [onLive('conversation.updated', ask), onLive('message.received', ask), onLive('conversation.taken', ask), onLive('tags.changed', ask), onLive('views.changed', ask), onReturn(ask)];
    document.addEventListener('visibilitychange', ask);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', ask);
      for (const stop of stops) stop();
    };
  }, [client, enabled]);
  return data?.views['unread'] ?? 0;
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { may, useSession } from '@/api/session';
import { onLive, onReturn } from '@/live/events';
import { unreadQuery } from './queries';

const CALM_MS = 1200;

/** How many conversations wait. Asked again when something moved, but never more than about once a second. */
export function useUnread(): number {
  const client = useQueryClient();
  const enabled = may(useSession(), 'inbox.read');
  const { data = 0 } = useQuery({ ...unreadQuery, enabled });
  useEffect(() => {
    let timer = 0;
    const ask = () => {
      timer ||= window.setTimeout(() => {
        timer = 0;
        void client.invalidateQueries(unreadQuery);
      }, CALM_MS);
    };
    const stops = [onLive('conversation.updated', ask), onLive('message.received', ask), onReturn(ask)];
    return () => {
      window.clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [client]);
  return data;
}

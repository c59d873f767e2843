import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onLive } from '@/live/events';

/** The conversation that is looked at went into another one: look at that. */
export function useFollowMerge(id: string): void {
  const navigate = useNavigate();
  useEffect(
    () =>
      onLive('contact.merged', ({ gone_conversation_id: gone, conversation_id: kept }) => {
        if (gone === id && kept) void navigate({ to: '/inbox', search: (before) => ({ ...before, c: kept, m: undefined }), replace: true });
      }),
    [id, navigate],
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { api } from '@/api/client';
import { sessionQuery } from '@/api/session';
import { forget } from '@/lib/storage';
import { toastError } from '@/lib/toasts';
import { disconnect } from '@/live/socket';

/** Ends the session at the box first; only then does this window forget. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCallback(async () => {
    try {
      await api.DELETE('/api/v1/session');
    } catch (error) {
      toastError(error);
      return;
    }
    disconnect();
    forget('draft.');
    client.clear();
    await client.fetchQuery(sessionQuery);
    await navigate({ to: '/signin' });
  }, [client, navigate]);
}

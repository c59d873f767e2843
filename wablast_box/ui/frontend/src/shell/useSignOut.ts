import { useCallback } from 'react';
import { api } from '@/api/client';
import { toastError } from '@/lib/toasts';
import { leaveNothing } from './leave';

/** Ends the session at the box first; only then does this window forget. */
export function useSignOut(): () => Promise<void> {
  return useCallback(async () => {
    try {
      await api.DELETE('/api/v1/session');
    } catch (error) {
      toastError(error);
      return;
    }
    await leaveNothing();
    // A fresh page: nothing of this person stays in the memory of a shared computer.
    window.location.assign('/signin');
  }, []);
}

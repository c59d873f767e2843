import { useCallback, useRef } from 'react';
import { api } from '@/api/client';

/** WhatsApp shows "typing…" for up to 25 seconds, so saying it more often than this is noise. */
const EVERY_MS = 20_000;

export function useTyping(conversationId: string): () => void {
  const last = useRef(0);
  return useCallback(() => {
    if (Date.now() - last.current < EVERY_MS) return;
    last.current = Date.now();
    // A courtesy to the customer: when it fails nothing is lost, so nobody is told.
    api.POST('/api/v1/conversations/{id}/typing', { params: { path: { id: conversationId } } }).catch(() => undefined);
  }, [conversationId]);
}

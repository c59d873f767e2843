import { useEffect } from 'react';
import { join } from './socket';

/** Listens in on one conversation for as long as the part that asks is on the screen. */
export function useRoom(conversationId: string | undefined): void {
  useEffect(() => (conversationId ? join(conversationId) : undefined), [conversationId]);
}

/** Which answers go stale by what happens. Said beside the question, and heard for as long as the window is open, whatever page it shows. */
import type { QueryKey } from '@tanstack/react-query';
import { queryClient } from '@/query-client';
import { type LiveEventName, type LiveEvents, onLive, onReturn } from './events';

const kinds = new Set<string>();

/** Answers of this kind are asked for again after such an event: all of them, or only those whose key it names (null: none). */
export function goesStale<K extends LiveEventName>(kind: string, after: K, keyOf: (event: LiveEvents[K]) => QueryKey | null = () => [kind]): void {
  staleOnReturn(kind);
  onLive(after, (event) => {
    const queryKey = keyOf(event);
    if (queryKey) void queryClient.invalidateQueries({ queryKey });
  });
}

/** Events told while this window was away are not repeated to it: what they may have changed is asked for again. */
export function staleOnReturn(kind: string): void {
  kinds.add(kind);
}

onReturn(() => { void queryClient.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kinds.has(String(kind)) }); });

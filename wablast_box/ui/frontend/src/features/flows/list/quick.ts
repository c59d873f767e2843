/** A quick answer as the flow that it becomes: words, and a message. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, tell } from '../box';
import type { Graph } from '../graph/types';
import { flowsQuery } from '../queries';
import type { Flow } from '../types';

export const MATCHES = ['exact', 'contains', 'starts_with', 'regex'] as const;

export interface Quick {
  words: string;
  match: string;
  reply: string;
  priority: number;
}

export const drawnFrom = ({ words, match, reply, priority }: Quick): Graph => ({
  nodes: [
    { id: 'start', type: 'start', version: 1, data: { triggers: [{ id: 'words', kind: 'keyword', words: words.trim(), match, priority }] } },
    { id: 'answer', type: 'send_message', version: 1, data: { text: reply.trim() } },
  ],
  edges: [{ from: 'start', output: 'next', to: 'answer' }],
  layout: { start: { x: 0, y: 0 }, answer: { x: 320, y: 0 } },
  notes: [],
  groups: [],
});

/** Make it and switch it on. What cannot be published is not left behind. */
async function answerWith(quick: Quick): Promise<Flow> {
  const made = await ask<Flow>('POST', '/api/v1/flows', { body: { name: quick.words.trim().slice(0, 60), graph: drawnFrom(quick) } });
  const params = { path: { id: made.id } };
  try {
    return await ask<Flow>('POST', '/api/v1/flows/{id}/publish', { params, body: {} });
  } catch (refused) {
    await tell('DELETE', '/api/v1/flows/{id}', { params });
    throw refused;
  }
}

export function useQuickAnswer() {
  const client = useQueryClient();
  return useMutation({ mutationFn: answerWith, onSettled: () => client.invalidateQueries({ queryKey: flowsQuery.queryKey }) });
}

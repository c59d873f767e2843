import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { showAnswer } from '@/asking';
import { onLive } from '@/live/events';
import { goesStale, staleOnReturn } from '@/live/stale';
import { queryClient } from '@/query-client';
import { ask, tell } from './box';
import type { Graph, Kind } from './graph/types';
import type { Figures, Flow, FlowLine, FlowRound, FlowSession, Published, RunStep, Starter, Stats, Version } from './types';

goesStale('flows', 'flow.changed');
staleOnReturn('flow');
// What is drawn is not asked for again: whoever draws on top of it hears of it when they save.
onLive('flow.changed', ({ id, what }) => {
  const known = queryClient.getQueryData(flowQuery(id).queryKey);
  if (what === 'drawn' && known?.has_changes) return;
  for (const { queryKey } of [flowQuery(id), versionsQuery(id)]) void queryClient.invalidateQueries({ queryKey, exact: true });
});

interface Items<T> {
  items: T[];
}

const one = (id: string) => ({ path: { id } });

export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: async ({ signal }) => (await ask<Items<FlowLine>>('GET', '/api/v1/flows', { signal })).items,
  refetchInterval: 30_000,
});

export const flowQuery = (id: string) => queryOptions({
  queryKey: ['flow', id],
  queryFn: ({ signal }) => ask<Flow>('GET', '/api/v1/flows/{id}', { params: one(id), signal }),
  staleTime: Infinity,
  gcTime: 0,
});

export const kindsQuery = queryOptions({
  queryKey: ['flow-nodes'],
  queryFn: async ({ signal }) => (await ask<Items<Kind>>('GET', '/api/v1/flow-nodes', { signal })).items,
  staleTime: Infinity,
});

export const startersQuery = queryOptions({
  queryKey: ['flow-starters'],
  queryFn: async ({ signal }) => (await ask<Items<Starter>>('GET', '/api/v1/flow-starters', { signal })).items,
  staleTime: Infinity,
});

export const versionsQuery = (id: string) => queryOptions({
  queryKey: ['flow', id, 'versions'],
  queryFn: async ({ signal }) => (await ask<Items<Published>>('GET', '/api/v1/flows/{id}/versions', { params: one(id), signal })).items,
});

export const versionQuery = (id: string, number: number) => queryOptions({
  queryKey: ['flow', id, 'versions', number],
  queryFn: ({ signal }) => ask<Version>('GET', '/api/v1/flows/{id}/versions/{number}', { params: { path: { id, number: String(number) } }, signal }),
  staleTime: Infinity,
});

export const statsQuery = (id: string) => queryOptions({
  queryKey: ['flow', id, 'stats'],
  queryFn: ({ signal }) => ask<Stats>('GET', '/api/v1/flows/{id}/stats', { params: one(id), signal }),
  refetchInterval: 5_000,
});

export const figuresQuery = (id: string, days: number, version: number | undefined) => queryOptions({
  queryKey: ['flow', id, 'figures', days, version],
  queryFn: ({ signal }) => ask<Figures>('GET', '/api/v1/flows/{id}/figures', { params: { path: { id }, query: { days, version } }, signal }),
  staleTime: 60_000,
});

export const roundsQuery = (id: string) => queryOptions({
  queryKey: ['flow', id, 'rounds'],
  queryFn: async ({ signal }) => (await ask<Items<FlowRound>>('GET', '/api/v1/flows/{id}/rounds', { params: one(id), signal })).items,
  refetchInterval: 10_000,
});

export const runsQuery = (id: string) => queryOptions({
  queryKey: ['flow', id, 'runs'],
  queryFn: async ({ signal }) => (await ask<Items<FlowSession>>('GET', '/api/v1/flow-sessions', { params: { query: { flow_id: id, limit: 50 } }, signal })).items,
  refetchInterval: 5_000,
});

export const runStepsQuery = (id: string) => queryOptions({
  queryKey: ['flow-session', id, 'steps'],
  queryFn: async ({ signal }) => (await ask<Items<RunStep>>('GET', '/api/v1/flow-sessions/{id}/steps', { params: one(id), signal })).items,
  refetchInterval: 5_000,
});

export function useCreateFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; graph?: Partial<Graph> }) => ask<Flow>('POST', '/api/v1/flows', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: flowsQuery.queryKey }),
  });
}

/** What came of a file. */
export interface Taken {
  id: string;
  name: string;
  problems: { code: string }[];
  mapped: { name: string | null }[];
  stripped: { name: string | null }[];
}

export const exportFlow = async (id: string): Promise<unknown> => (await ask<{ file: unknown }>('GET', '/api/v1/flows/{id}/export', { params: one(id) })).file;

export function useImportFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; file: object }) => ask<Taken>('POST', '/api/v1/flows/import', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: flowsQuery.queryKey }),
  });
}

export function useChangeFlow(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; is_on?: boolean }) => ask<Flow>('PATCH', '/api/v1/flows/{id}', { params: one(id), body }),
    onSuccess: (flow) => {
      showAnswer(client, flowQuery(id).queryKey, (was) => was && { ...was, name: flow.name, is_on: flow.is_on });
      return client.invalidateQueries({ queryKey: flowsQuery.queryKey });
    },
  });
}

export function useDeleteFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => tell('DELETE', '/api/v1/flows/{id}', { params: one(id) }),
    onSuccess: () => client.invalidateQueries({ queryKey: flowsQuery.queryKey }),
  });
}

export function usePublish(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ note, revision }: { note: string; revision: number | undefined }) =>
      ask<Flow>('POST', '/api/v1/flows/{id}/publish', { params: one(id), body: { note: note.trim() || null, revision: revision ?? null } }),
    onSuccess: (flow) => {
      showAnswer(client, flowQuery(id).queryKey, (was) => was && { ...was, published: flow.published, has_changes: flow.has_changes, is_on: flow.is_on });
      void client.invalidateQueries({ queryKey: versionsQuery(id).queryKey });
      return client.invalidateQueries({ queryKey: flowsQuery.queryKey });
    },
  });
}

export const useRestore = (id: string) => useMutation({
  mutationFn: (number: number) => ask<Flow>('POST', '/api/v1/flows/{id}/versions/{number}/restore', { params: { path: { id, number: String(number) } } }),
});

export function useStopRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (run: FlowSession) => ask<FlowSession>('POST', '/api/v1/flow-sessions/{id}/stop', { params: one(run.id) }),
    onSuccess: (_, run) => client.invalidateQueries({ queryKey: ['flow', run.flow_id] }),
  });
}

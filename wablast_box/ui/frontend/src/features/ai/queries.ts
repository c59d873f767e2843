/** Language models: whom the box asks, and what they cost. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import type { AiProvider, NewAiProvider } from '@/api/types';
import { showAnswer } from '@/asking';
import { settingsQuery } from '@/features/settings/queries';

export const providersQuery = queryOptions({
  queryKey: ['ai', 'providers'],
  queryFn: async () => (await answer(api.GET('/api/v1/ai/providers'))).items,
});

export const usageQuery = queryOptions({
  queryKey: ['ai', 'usage'],
  queryFn: () => answer(api.GET('/api/v1/ai/usage', { params: { query: {} } })),
  refetchInterval: 15_000,
});

export const callsQuery = infiniteQueryOptions({
  queryKey: ['ai', 'calls'],
  queryFn: ({ pageParam }) => answer(api.GET('/api/v1/ai/calls', { params: { query: { limit: 25, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

function useChange<Given, Done>(call: (given: Given) => Promise<Done>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: call, onSettled: () => client.invalidateQueries({ queryKey: ['ai'] }) });
}

export const useSaveProvider = (id: string | null) =>
  useChange((draft: NewAiProvider): Promise<AiProvider> => confirmed(() => {
    if (id === null) return answer(api.POST('/api/v1/ai/providers', { body: draft }));
    // Another one is made the usual one instead of this one: “no” is not said.
    const { is_default, ...rest } = draft;
    return answer(api.PATCH('/api/v1/ai/providers/{id}', { params: { path: { id } }, body: { ...rest, ...(is_default ? { is_default } : {}) } }));
  }));

export const useDeleteProvider = () =>
  useChange((id: string) => confirmed(() => answer(api.DELETE('/api/v1/ai/providers/{id}', { params: { path: { id } } }))));

export const useTryProvider = () => useChange((id: string) => answer(api.POST('/api/v1/ai/providers/{id}/test', { params: { path: { id } } })));

export function useSaveCaps() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (caps: { ai_cap_rupees: number; ai_cap_tokens: number }) => confirmed(() => answer(api.PATCH('/api/v1/settings', { body: caps }))),
    onSuccess: ({ items }) => { showAnswer(client, settingsQuery.queryKey, items); },
    onSettled: () => client.invalidateQueries({ queryKey: ['ai', 'usage'] }),
  });
}

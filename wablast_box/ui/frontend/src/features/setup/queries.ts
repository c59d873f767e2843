/** The set-up as the box knows it. Every change answers with the whole of it, checked anew. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import { sessionQuery } from '@/api/session';
import type { Setup } from '@/api/types';
import { showAnswer } from '@/asking';

export type NumberChange = Partial<Record<'phone_number_id' | 'waba_id' | 'access_token' | 'app_secret' | 'verify_token' | 'public_url', string>>;

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => answer(api.GET('/api/v1/setup')),
});

export const numberQuery = queryOptions({
  queryKey: ['number'],
  queryFn: () => answer(api.GET('/api/v1/number')),
  staleTime: 30_000,
});

export const numberAlarmsQuery = queryOptions({
  queryKey: ['alarms', 'all'],
  queryFn: async () => (await answer(api.GET('/api/v1/alarms', { params: { query: { limit: 200 } } }))).items,
});

/** The newest message that came in: what the proof shows. */
export const newestInboundQuery = queryOptions({
  queryKey: ['setup', 'newest-inbound'],
  queryFn: async () => (await answer(api.GET('/api/v1/messages', { params: { query: { direction: 'in', limit: 1 } } }))).items[0] ?? null,
});

const SETTLED = ['delivered', 'read', 'played', 'failed'];

export const answerQuery = (id: string) =>
  queryOptions({
    queryKey: ['setup', 'answer', id],
    queryFn: () => answer(api.GET('/api/v1/messages/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (SETTLED.includes(query.state.data?.state ?? '') ? false : 2000),
  });

function useSetupChange<V>(call: (value: V) => Promise<Setup>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (value: V) => confirmed(() => call(value)),
    onSuccess: async (setup) => {
      showAnswer(client, setupQuery.queryKey, setup);
      await Promise.all([client.invalidateQueries(numberQuery), client.invalidateQueries(sessionQuery)]);
    },
  });
}

export const useSaveNumber = () => useSetupChange((body: NumberChange) => answer(api.PUT('/api/v1/setup/number', { body })));
export const useRunChecks = () => useSetupChange<undefined>(() => answer(api.POST('/api/v1/setup/checks')));
export const useSubscribe = () => useSetupChange<undefined>(() => answer(api.POST('/api/v1/setup/subscribe')));
export const useForgetFormerSecret = () => useSetupChange<undefined>(() => answer(api.DELETE('/api/v1/setup/number/previous-app-secret')));
export const useSendProof = () => useSetupChange<undefined>(() => answer(api.POST('/api/v1/setup/proof')));

export function useRefreshNumber() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/number/refresh')),
    onSuccess: async (number) => {
      showAnswer(client, numberQuery.queryKey, number);
      await Promise.all([client.invalidateQueries(sessionQuery), client.invalidateQueries({ queryKey: ['alarms'] })]);
    },
  });
}

/** Where raw webhooks are forwarded, and what was not taken. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import { toastError } from '@/lib/toasts';

export const forwardsQuery = queryOptions({
  queryKey: ['webhook-forwards'],
  queryFn: async () => (await answer(api.GET('/api/v1/webhook-forwards'))).items,
  staleTime: 0,
  refetchInterval: 3000,
});

export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['webhook-forwards', id, 'deliveries'],
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/webhook-forwards/{id}/deliveries', { params: { path: { id }, query: { limit: 25, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 2 ? false : 5000),
  });

export interface ForwardDraft {
  url?: string;
  fields?: string[] | null;
  secret?: string;
  is_on?: boolean;
}

function useForwards<Given, Done>(call: (given: Given) => Promise<Done>, onError?: (error: unknown) => void) {
  const client = useQueryClient();
  return useMutation({ mutationFn: call, onSettled: () => client.invalidateQueries(forwardsQuery), onError });
}

export const useSaveForward = (id: string | null) =>
  useForwards(({ url = '', ...rest }: ForwardDraft) => confirmed(() => (id === null
    ? answer(api.POST('/api/v1/webhook-forwards', { body: { url, fields: rest.fields ?? null, secret: rest.secret ?? null } }))
    : answer(api.PATCH('/api/v1/webhook-forwards/{id}', { params: { path: { id } }, body: { ...(url ? { url } : {}), ...rest } })))));

export const useDeleteForward = () =>
  useForwards((id: string) => confirmed(() => api.DELETE('/api/v1/webhook-forwards/{id}', { params: { path: { id } } })));

export const useResumeForward = () =>
  useForwards((id: string) => answer(api.POST('/api/v1/webhook-forwards/{id}/resume', { params: { path: { id } } })), toastError);

export const useSendAgain = () =>
  useForwards((id: string) => answer(api.POST('/api/v1/webhook-deliveries/{id}/send-again', { params: { path: { id } } })), toastError);

export const useSendAllAgain = () =>
  useForwards((id: string) => answer(api.POST('/api/v1/webhook-forwards/{id}/deliveries/send-again', { params: { path: { id } } })), toastError);

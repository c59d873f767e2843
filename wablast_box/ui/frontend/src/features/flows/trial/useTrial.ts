import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, tell } from '../box';
import type { Trial } from '../types';

const LOOK_MS = 2000;
const ADDRESS = '/api/v1/flows/{id}/trial';

/** The draft on one's own phone: none, waiting for the code, or live. */
export function useTrial(flowId: string) {
  const client = useQueryClient();
  const params = { path: { id: flowId } };
  const queryKey = ['flow', flowId, 'trial'];
  const trial = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Trial | null> => (await ask<{ trial: Trial | null }>('GET', ADDRESS, { params, signal })).trial,
    refetchInterval: ({ state }) => (state.data ? LOOK_MS : false),
    gcTime: 0,
  });
  const begin = useMutation({ mutationFn: () => ask<Trial>('POST', ADDRESS, { params }), onSuccess: (made) => { client.setQueryData(queryKey, made); } });
  const end = useMutation({ mutationFn: () => tell('DELETE', ADDRESS, { params }), onSettled: () => client.invalidateQueries({ queryKey }) });
  const again = useMutation({ mutationFn: () => tell('POST', `${ADDRESS}/again`, { params }), onSettled: () => client.invalidateQueries({ queryKey }) });
  return { trial, begin, end, again };
}

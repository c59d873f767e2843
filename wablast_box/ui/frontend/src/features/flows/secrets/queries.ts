/** Secrets that flows name: told by name only, put in and taken away. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { confirmed } from '@/api/confirm';
import { showAnswer } from '@/asking';
import { ask, tell } from '../box';

export interface FlowSecret {
  name: string;
  last4: string | null;
  hosts: string[];
  updated_at: string;
  used_by: { id: string; name: string }[];
}

export interface SecretDraft {
  name: string;
  value: string;
  hosts: string[];
}

const PATH = '/api/v1/flow-secrets/{name}';

export const secretsQuery = queryOptions({
  queryKey: ['flow-secrets'],
  queryFn: async ({ signal }) => (await ask<{ items: FlowSecret[] }>('GET', '/api/v1/flow-secrets', { signal })).items,
});

export function usePutSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value, hosts }: SecretDraft) => confirmed(() => ask<FlowSecret>('PUT', PATH, { params: { path: { name } }, body: { value, hosts } })),
    onSettled: () => client.invalidateQueries(secretsQuery),
  });
}

export function useDeleteSecret() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => confirmed(() => tell('DELETE', PATH, { params: { path: { name } } })),
    onSettled: () => client.invalidateQueries(secretsQuery),
  });
}

export interface Inside {
  given: string[];
  added: string[];
}

const INSIDE = '/api/v1/security/inside-addresses';

export const insideQuery = queryOptions({
  queryKey: ['inside-addresses'],
  queryFn: ({ signal }) => ask<Inside>('GET', INSIDE, { signal }),
});

export function usePutInside() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (added: string[]) => confirmed(() => ask<Inside>('PUT', INSIDE, { body: { added } })),
    onSuccess: (inside) => { showAnswer(client, insideQuery.queryKey, inside); },
  });
}

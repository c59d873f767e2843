/** People, keys and sign-ins: asked for here, changed here. What is dangerous may ask for the password again. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import type { Role } from '@/api/types';

const MANY = { limit: 200 };

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => (await answer(api.GET('/api/v1/users', { params: { query: MANY } }))).items,
});

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async () => (await answer(api.GET('/api/v1/api-keys', { params: { query: MANY } }))).items,
});

export const loginSessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async () => (await answer(api.GET('/api/v1/me/sessions'))).items,
  staleTime: 10_000,
});

interface PersonChange {
  name?: string;
  role?: Role;
  role_id?: string;
  disabled?: boolean;
}

export function useChangePerson(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PersonChange) => confirmed(() => answer(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body }))),
    onSuccess: () => client.invalidateQueries(usersQuery),
  });
}

export function usePasswordLink(id: string) {
  return useMutation({
    mutationFn: () => confirmed(() => answer(api.POST('/api/v1/users/{id}/password-link', { params: { path: { id } } }))),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => api.PUT('/api/v1/me/password', { body }),
    onSuccess: () => client.invalidateQueries(loginSessionsQuery),
  });
}

export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => Promise.all(ids.map((id) => api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } }))),
    onSettled: () => client.invalidateQueries(loginSessionsQuery),
  });
}

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; role: Role; role_id: string | null }) => confirmed(() => answer(api.POST('/api/v1/api-keys', { body }))),
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => confirmed(() => api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries(apiKeysQuery),
  });
}

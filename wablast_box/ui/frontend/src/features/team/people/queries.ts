/** Invitations, roles and other people's sign-ins. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import type { Role, RoleBody } from '@/api/types';
import { usersQuery } from '../queries';

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => answer(api.GET('/api/v1/invitations')),
});

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: () => answer(api.GET('/api/v1/roles')),
});

export const sessionsOfQuery = (id: string) => queryOptions({
  queryKey: ['users', id, 'sessions'],
  queryFn: async () => (await answer(api.GET('/api/v1/users/{id}/sessions', { params: { path: { id } } }))).items,
  staleTime: 10_000,
});

interface NewInvitation {
  name: string;
  email: string;
  role: Role;
  role_id?: string | null;
  by_mail: boolean;
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewInvitation) => confirmed(() => answer(api.POST('/api/v1/invitations', { body }))),
    onSuccess: () => client.invalidateQueries(invitationsQuery),
  });
}

export function useResend(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (byMail: boolean) => confirmed(() => answer(api.POST('/api/v1/invitations/{id}/resend', { params: { path: { id } }, body: { by_mail: byMail } }))),
    onSuccess: () => client.invalidateQueries(invitationsQuery),
  });
}

export function useRevoke(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => confirmed(() => api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries(invitationsQuery),
  });
}

export function useEndSessionsOf(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string | null) => confirmed(() => (sessionId === null
      ? api.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id } } })
      : api.DELETE('/api/v1/users/{id}/sessions/{session_id}', { params: { path: { id, session_id: sessionId } } }))),
    onSettled: () => client.invalidateQueries(sessionsOfQuery(id)),
  });
}

export function useResetFactor(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => confirmed(() => api.POST('/api/v1/users/{id}/reset-second-factor', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries(usersQuery),
  });
}

export const useHandOver = (id: string) =>
  useMutation({ mutationFn: () => confirmed(() => answer(api.POST('/api/v1/users/{id}/make-owner', { params: { path: { id } } }))) });

export function useSaveRole(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RoleBody) => confirmed<unknown>(() => (id === null
      ? answer(api.POST('/api/v1/roles', { body }))
      : answer(api.PUT('/api/v1/roles/{id}', { params: { path: { id } }, body })))),
    onSuccess: () => Promise.all([client.invalidateQueries(rolesQuery), client.invalidateQueries(usersQuery)]),
  });
}

export function useDeleteRole(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => confirmed(() => api.DELETE('/api/v1/roles/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries(rolesQuery),
  });
}

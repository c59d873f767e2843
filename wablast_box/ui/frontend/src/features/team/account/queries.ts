/** One's own account: how one signs in. What is dangerous may ask for the password again. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import { keep, sessionQuery } from '@/api/session';
import { createPasskey } from '../passkeys';
import { loginSessionsQuery } from '../queries';

export const ownSecurityQuery = queryOptions({
  queryKey: ['me', 'security'],
  queryFn: () => answer(api.GET('/api/v1/me/security')),
  staleTime: 10_000,
});

/** After a change: what is shown, where one is signed in, and what one may do now. */
function useRefresh() {
  const client = useQueryClient();
  return async () => {
    await Promise.all([client.invalidateQueries(ownSecurityQuery), client.invalidateQueries(loginSessionsQuery)]);
    client.setQueryData(sessionQuery.queryKey, keep(await answer(api.GET('/api/v1/session'))));
  };
}

export const useRename = () => {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: (name: string) => api.PATCH('/api/v1/me', { body: { name } }), onSuccess });
};

export const useBeginApp = () => useMutation({ mutationFn: () => confirmed(() => answer(api.POST('/api/v1/me/totp'))) });

export const useConfirmApp = () => {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: (code: string) => answer(api.POST('/api/v1/me/totp/confirm', { body: { code } })), onSuccess });
};

export const useRemoveApp = () => {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: () => confirmed(() => api.DELETE('/api/v1/me/totp')), onSuccess });
};

export const useAddPasskey = () => {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: async (name: string) => {
      const { options } = await confirmed(() => answer(api.POST('/api/v1/me/passkeys/options')));
      return answer(api.POST('/api/v1/me/passkeys', { body: { name, credential: await createPasskey(options) } }));
    },
    onSuccess,
  });
};

export const useRemovePasskey = () => {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: (id: string) => confirmed(() => api.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id } } })), onSuccess });
};

export const useNewCodes = () => {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: () => confirmed(() => answer(api.POST('/api/v1/me/recovery-codes'))), onSuccess });
};

export const useLinkGoogle = () =>
  useMutation({
    mutationFn: () => confirmed(() => answer(api.POST('/api/v1/me/google'))),
    onSuccess: ({ url }) => { window.location.assign(url); },
  });

export const useUnlinkGoogle = () => {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: () => confirmed(() => api.DELETE('/api/v1/me/google')), onSuccess });
};

/** The ways in: each ends with a session, or with the question for a second factor. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api } from '@/api/client';
import { keep, sessionQuery } from '@/api/session';
import type { Session } from '@/api/types';
import { provePasskey } from '../passkeys';

/** A place of our own pages; anything else is the inbox. */
export const placeAfter = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : '/inbox');

function useArrive(next: string | undefined) {
  const client = useQueryClient();
  const router = useRouter();
  return (session: Session) => {
    client.setQueryData(sessionQuery.queryKey, keep(session));
    if (session.signed_in) router.history.push(placeAfter(next));
  };
}

export const usePasswordEntry = (next: string | undefined) => {
  const onSuccess = useArrive(next);
  return useMutation({ mutationFn: (body: { email: string; password: string }) => answer(api.POST('/api/v1/session', { body })), onSuccess });
};

export interface SecondProof {
  code?: string;
  recovery_code?: string;
}

export const useSecondFactor = (next: string | undefined) => {
  const onSuccess = useArrive(next);
  return useMutation({ mutationFn: (body: SecondProof) => answer(api.POST('/api/v1/session/second-factor', { body })), onSuccess });
};

export const useSecondPasskey = (next: string | undefined) => {
  const onSuccess = useArrive(next);
  return useMutation({
    mutationFn: async () => {
      const { options } = await answer(api.POST('/api/v1/session/second-factor/passkey-options'));
      return answer(api.POST('/api/v1/session/second-factor', { body: { passkey: await provePasskey(options) } }));
    },
    onSuccess,
  });
};

export const usePasskeyEntry = (next: string | undefined) => {
  const onSuccess = useArrive(next);
  return useMutation({
    mutationFn: async () => {
      const { options } = await answer(api.POST('/api/v1/session/passkey-options'));
      return answer(api.POST('/api/v1/session/passkey', { body: { credential: await provePasskey(options) } }));
    },
    onSuccess,
  });
};

export const useGoogleEntry = (next: string | undefined) =>
  useMutation({
    mutationFn: () => answer(api.POST('/api/v1/session/google', { body: { next: placeAfter(next) } })),
    onSuccess: ({ url }) => { window.location.assign(url); },
  });

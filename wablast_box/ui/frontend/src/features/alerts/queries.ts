import { mutationOptions, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed } from '@/api/confirm';
import type { Alerts, Email, Mail } from '@/api/types';
import { showAnswer } from '@/asking';
import { toastError } from '@/lib/toasts';
import { alertsQuery } from '@/shell/alerts/queries';

export const devicesQuery = queryOptions({
  queryKey: ['me', 'devices'],
  queryFn: async () => (await answer(api.GET('/api/v1/me/devices'))).items,
  staleTime: 10_000,
});

type Change = Partial<Omit<Alerts, 'is_mail_set_up'>>;

export const changingAlerts = (client: QueryClient) => mutationOptions({
  mutationKey: alertsQuery.queryKey,
  // One after the other: side by side, an older change could be the last to reach the box, or to come back from it.
  scope: { id: 'alerts' },
  mutationFn: (body: Change) => answer(api.PATCH('/api/v1/me/alerts', { body })),
  // A switch that answers late feels broken: it moves at once, and back if the box refuses.
  onMutate: (change) => {
    const before = client.getQueryData(alertsQuery.queryKey);
    if (before) client.setQueryData(alertsQuery.queryKey, { ...before, ...change });
    return { before };
  },
  onError: (error, _, kept) => {
    if (kept?.before) showAnswer(client, alertsQuery.queryKey, kept.before);
    toastError(error);
  },
  // The screen shows already what waits for its turn.
  onSuccess: (alerts) => { if (client.isMutating({ mutationKey: alertsQuery.queryKey }) === 1) showAnswer(client, alertsQuery.queryKey, alerts); },
});

export const useChangeAlerts = () => useMutation(changingAlerts(useQueryClient()));

export function useRevokeDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/me/devices/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries(devicesQuery),
  });
}

export const mailQuery = queryOptions({ queryKey: ['mail'], queryFn: () => answer(api.GET('/api/v1/mail')) });

const UNSETTLED = new Set<Email['state']>(['queued', 'sending']);

/** Looked at again while something is on its way. */
export const emailsQuery = queryOptions({
  queryKey: ['emails'],
  queryFn: async () => (await answer(api.GET('/api/v1/emails', { params: { query: { limit: 25 } } }))).items,
  staleTime: 5000,
  refetchInterval: ({ state }) => (state.data?.some((one) => UNSETTLED.has(one.state) && one.attempts < 2) ? 1500 : false),
});

export type MailDraft = Partial<Omit<Mail, 'password' | 'resend_key' | 'is_set_up'>> & { password?: string; resend_key?: string };

export function useSaveMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MailDraft) => confirmed(() => answer(api.PUT('/api/v1/mail', { body }))),
    onSuccess: (mail) => {
      showAnswer(client, mailQuery.queryKey, mail);
      void client.invalidateQueries(alertsQuery);
    },
  });
}

export function useTestMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/mail/test')),
    onSettled: () => client.invalidateQueries(emailsQuery),
    onError: toastError,
  });
}

export function useRetryEmail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST('/api/v1/emails/{id}/retry', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries(emailsQuery),
    onError: toastError,
  });
}

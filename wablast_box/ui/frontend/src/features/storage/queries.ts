import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed, isUnconfirmed } from '@/api/confirm';
import type { Storage } from '@/api/types';
import { showAnswer } from '@/asking';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';

/** Looked at again while files are on their way. */
export const storageQuery = queryOptions({
  queryKey: ['storage'],
  queryFn: () => answer(api.GET('/api/v1/storage')),
  refetchInterval: ({ state }) => ((state.data?.files.waiting ?? 0) > 0 ? 2000 : false),
});

export type StorageDraft = Partial<Omit<Storage, 'secret_key' | 'files'>> & { secret_key?: string };

export function useSaveStorage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: StorageDraft) => confirmed(() => answer(api.PUT('/api/v1/storage', { body }))),
    onSuccess: (storage) => { showAnswer(client, storageQuery.queryKey, storage); },
  });
}

export function useCheckBucket() {
  return useMutation({ mutationFn: () => answer(api.POST('/api/v1/storage/check')), onError: toastError });
}

export function useMoveFiles() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (to: Storage['place']) => confirmed(() => answer(api.POST('/api/v1/storage/move', { body: { to } }))),
    onSuccess: (storage) => {
      showAnswer(client, storageQuery.queryKey, storage);
      toast({ tone: 'good', title: t('storage.files.moving') });
    },
    onError: (error) => { if (!isUnconfirmed(error)) toastError(error); },
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { CannedReply } from '@/api/types';

export const cannedQuery = queryOptions({
  queryKey: ['canned-replies'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/canned-replies', { signal }))).items,
  staleTime: 60_000,
});

/** What this shop wants to know of people: its own names for a canned reply. */
export const ownFieldsQuery = queryOptions({
  queryKey: ['contact-fields', 'names'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/contact-fields', { signal }))).items.map(({ name }) => ({ label: name, name: `contact.fields.${keyOf(name)}` })),
  staleTime: 60_000,
});

/** As the box names it: "Blouse size" is blouse_size. */
export const keyOf = (field: string): string => field.trim().toLowerCase().replace(/[\s.|{}]+/gu, '_');

/** Those whose shortcut begins so first, then those that hold the words anywhere. One's own before everybody's. */
export function matching(replies: CannedReply[], query: string): CannedReply[] {
  const wanted = query.trim().toLowerCase();
  const own = [...replies].sort((a, b) => Number(a.shared) - Number(b.shared) || a.shortcut.localeCompare(b.shortcut));
  if (wanted === '') return own;
  const begins = own.filter((one) => one.shortcut.startsWith(wanted));
  const holds = own.filter((one) => !begins.includes(one) && (one.shortcut.includes(wanted) || one.text.toLowerCase().includes(wanted)));
  return [...begins, ...holds];
}

export interface ReplyWords {
  shortcut: string;
  text: string;
  shared: boolean;
  media_id: string | null;
}

export function useSaveReply(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ media_id, ...words }: ReplyWords & { fileChanged: boolean }) => {
      const { fileChanged, ...rest } = words;
      if (id === null) return answer(api.POST('/api/v1/canned-replies', { body: { ...rest, media_id } }));
      return answer(api.PATCH('/api/v1/canned-replies/{id}', { params: { path: { id } }, body: { ...rest, ...(fileChanged ? { media_id } : {}) } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: cannedQuery.queryKey }),
  });
}

export function useDeleteReply() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/canned-replies/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: cannedQuery.queryKey }),
  });
}

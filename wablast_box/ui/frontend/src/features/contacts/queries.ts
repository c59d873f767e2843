/** People: asked for here, changed here. */
import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '@/api/client';
import type { ContactDetail, ContactField, EditContact, MergePreview } from '@/api/types';
import { showAnswer } from '@/asking';
import { toastError } from '@/lib/toasts';
import { onLive } from '@/live/events';
import { goesStale } from '@/live/stale';
import { queryClient } from '@/query-client';

const start = (): string | null => null;

// Somebody else changed a person or a field. A tag that is new is on nobody yet.
goesStale('contact', 'contact.updated', ({ contact_id: id }) => ['contact', id]);
goesStale('contact', 'tags.changed', ({ is_new }) => (is_new ? null : ['contact']));
goesStale('contacts', 'contact.updated');
goesStale('contacts', 'contact.merged');
goesStale('contact', 'contact.merged', ({ contact_id: id }) => ['contact', id]);
goesStale('contacts', 'tags.changed', ({ is_new }) => (is_new ? null : ['contacts']));
goesStale('contact-fields', 'contact_fields.changed');
onLive('contact.merged', ({ gone_id: id }) => { queryClient.removeQueries({ queryKey: ['contact', id] }); });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/contacts/{id}', { params: { path: { id } }, signal })),
  });

/** Newest first; further pages as one scrolls. */
export const contactsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', q],
    queryFn: ({ pageParam, signal }) => answer(api.GET('/api/v1/contacts', { params: { query: { q: q || undefined, limit: 100, cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: start(),
    getNextPageParam: (page) => page.next_cursor,
  });

export const contactCountQuery = (q: string) =>
  queryOptions({
    queryKey: ['contacts', q, 'count'],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/contacts/count', { params: { query: { q: q || undefined } }, signal }))).count,
  });

export const fieldsQuery = queryOptions({
  queryKey: ['contact-fields'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/contact-fields', { signal }))).items,
  staleTime: Infinity,
});

export const languagesQuery = queryOptions({
  queryKey: ['languages'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/languages', { signal }))).items,
  staleTime: Infinity,
});

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['contact', id, 'history'],
    queryFn: ({ pageParam, signal }) => answer(api.GET('/api/v1/contacts/{id}/history', { params: { path: { id }, query: { limit: 30, cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: start(),
    getNextPageParam: (page) => page.next_cursor,
  });

export const mergeQuery = (kept: string, other: string) =>
  queryOptions({
    queryKey: ['contact', kept, 'merge', other],
    queryFn: ({ signal }): Promise<MergePreview> => answer(api.GET('/api/v1/contacts/{id}/merge', { params: { path: { id: kept }, query: { other } }, signal })),
    gcTime: 0,
  });

/** Changes of one person go one after the other: side by side, the answer to an older one could be the last to come. */
const oneByOne = (id: string) => ({ id: `contact ${id}` });

/** What a person is now goes wherever they are shown. */
function settle(client: QueryClient, contact: ContactDetail): void {
  showAnswer(client, contactQuery(contact.id).queryKey, contact);
  void client.invalidateQueries({ queryKey: ['contact', contact.id, 'history'] });
  void client.invalidateQueries({ queryKey: ['contacts'] });
}

export function useChange(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: oneByOne(id),
    mutationFn: (body: EditContact) => answer(api.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body })),
    onSuccess: (contact) => { settle(client, contact); },
  });
}

/** A tag put on somebody, or taken off. The box is told all tags: each change builds on what the one before it left. */
export const tagging = (client: QueryClient, id: string) => mutationOptions({
  scope: oneByOne(id),
  mutationFn: async ({ tag, on }: { tag: string; on: boolean }) => {
    const { tags } = await client.ensureQueryData(contactQuery(id));
    const others = tags.map((one) => one.id).filter((one) => one !== tag);
    return answer(api.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body: { tags: on ? [...others, tag] : others } }));
  },
  onSuccess: (contact) => { settle(client, contact); },
  // Whoever chose may have closed the list by now.
  onError: toastError,
});

export const useTagging = (id: string) => useMutation(tagging(useQueryClient(), id));

type Deed = 'opt-out' | 'block' | 'unblock';

export function useDeed(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: oneByOne(id),
    mutationFn: (deed: Deed) => answer(api.POST(`/api/v1/contacts/{id}/${deed}`, { params: { path: { id } } })),
    onSuccess: (contact) => { settle(client, contact); },
  });
}

export function useAllowMarketing(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => answer(api.POST('/api/v1/contacts/{id}/opt-in', { params: { path: { id } }, body: { reason } })),
    onSuccess: (contact) => { settle(client, contact); },
  });
}

export function useMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kept, gone }: { kept: string; gone: string }) =>
      answer(api.POST('/api/v1/contacts/{id}/merge', { params: { path: { id: kept } }, body: { contact_id: gone, confirm: true } })),
    onSuccess: (contact, { gone }) => {
      client.removeQueries({ queryKey: ['contact', gone] });
      settle(client, contact);
    },
  });
}

export function useCreate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { phone: string } & EditContact) => answer(api.POST('/api/v1/contacts', { body })),
    onSuccess: (contact) => { settle(client, contact); },
  });
}

export function useCreateMany() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (phones: string[]) => answer(api.POST('/api/v1/contacts/many', { body: { contacts: phones.map((phone) => ({ phone })) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

/** The conversation with somebody, begun when there is none; its id. */
export const beginConversation = async (id: string): Promise<string> =>
  (await answer(api.POST('/api/v1/contacts/{id}/conversation', { params: { path: { id } } }))).conversation_id;

interface FieldBody {
  name: string;
  kind: ContactField['kind'];
  choices?: string[];
}

export function useSaveField(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, kind, choices }: FieldBody) =>
      id === null
        ? answer(api.POST('/api/v1/contact-fields', { body: { name, kind, choices } }))
        : answer(api.PATCH('/api/v1/contact-fields/{id}', { params: { path: { id } }, body: { name, choices } })),
    onSuccess: () => client.invalidateQueries(fieldsQuery),
  });
}

export function useMoveField() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, place }: { id: string; place: number }) => answer(api.PATCH('/api/v1/contact-fields/{id}', { params: { path: { id } }, body: { place } })),
    onSettled: () => client.invalidateQueries(fieldsQuery),
  });
}

export function useDeleteField() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/contact-fields/{id}', { params: { path: { id } } }),
    onSuccess: () => Promise.all([client.invalidateQueries(fieldsQuery), client.invalidateQueries({ queryKey: ['contacts'] }), client.invalidateQueries({ queryKey: ['contact'] })]),
  });
}

/** Somebody wrote for the first time: ids rise, so that they are newer than the newest that is shown. */
export function useArrivals(newest: string | undefined): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onLive('conversation.updated', ({ conversation: { contact } }) => {
        if (newest === undefined || BigInt(contact.id) > BigInt(newest)) void client.invalidateQueries({ queryKey: ['contacts'] });
      }),
    [client, newest],
  );
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { tagsQuery } from '@/features/inbox/list/queries';

/** On how many conversations and customers each tag is. */
export const usageQuery = queryOptions({
  queryKey: ['tags', 'usage'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/tags/usage', { signal }))).items,
});

export interface TagWords {
  name: string;
  color: string;
}

export function useSaveTag(id: string | null) {
  const again = useAskAgain();
  return useMutation({
    mutationFn: (body: TagWords) => (id === null ? answer(api.POST('/api/v1/tags', { body })) : answer(api.PATCH('/api/v1/tags/{id}', { params: { path: { id } }, body }))),
    onSuccess: again,
  });
}

export function useMergeTag(id: string) {
  const again = useAskAgain();
  return useMutation({
    mutationFn: (into: string) => answer(api.POST('/api/v1/tags/{id}/merge', { params: { path: { id } }, body: { into } })),
    onSuccess: again,
  });
}

export function useDeleteTag(id: string) {
  const again = useAskAgain();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/tags/{id}', { params: { path: { id } } })),
    onSuccess: again,
  });
}

function useAskAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: tagsQuery.queryKey });
}

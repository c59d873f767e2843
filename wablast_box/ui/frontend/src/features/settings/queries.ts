import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async () => (await answer(api.GET('/api/v1/settings'))).items,
});

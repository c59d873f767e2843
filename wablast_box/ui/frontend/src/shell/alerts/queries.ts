import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const alertsQuery = queryOptions({
  queryKey: ['me', 'alerts'],
  queryFn: () => answer(api.GET('/api/v1/me/alerts')),
  staleTime: 5 * 60_000,
});

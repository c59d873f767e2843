/** What customers meet of the business: its link, its code, its profile. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, csrfHeader } from '@/api/client';
import { offline, toApiError } from '@/api/errors';
import type { BusinessProfile } from '@/api/types';
import { showAnswer } from '@/asking';

export const chatLinkQuery = (text: string) =>
  queryOptions({
    queryKey: ['number', 'chat-link', text],
    queryFn: () => answer(api.GET('/api/v1/number/chat-link', { params: { query: { text } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const qrAddress = (text: string, format: 'svg' | 'png', sizeMm: number): string =>
  `/api/v1/number/chat-link/qr?${new URLSearchParams({ text, format, size_mm: String(sizeMm) }).toString()}`;

export const profileQuery = queryOptions({
  queryKey: ['number', 'profile'],
  queryFn: () => answer(api.GET('/api/v1/number/profile')),
  staleTime: 30_000,
});

export type ProfileChange = Partial<Omit<BusinessProfile, 'has_photo'>>;

export function useChangeProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ vertical, ...body }: ProfileChange) =>
      answer(api.PATCH('/api/v1/number/profile', { body: { ...body, ...(vertical ? { vertical: vertical as never } : {}) } })),
    onSuccess: (profile) => { showAnswer(client, profileQuery.queryKey, profile); },
  });
}

export function useChangePhoto() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: sendPhoto,
    onSuccess: (profile) => { showAnswer(client, profileQuery.queryKey, profile); },
  });
}

async function sendPhoto(file: File): Promise<BusinessProfile> {
  const form = new FormData();
  form.append('file', file, file.name);
  const response = await fetch('/api/v1/number/profile/photo', { method: 'POST', body: form, headers: csrfHeader() }).catch(() => { throw offline(); });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toApiError(response.status, body);
  return body as BusinessProfile;
}

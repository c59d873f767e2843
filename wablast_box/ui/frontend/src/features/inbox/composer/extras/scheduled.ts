/** Messages that wait for their moment, per conversation; kept up to date by the line. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/api/client';
import type { OutgoingMessage, ScheduledMessage } from '@/api/types';
import { onLive } from '@/live/events';
import { staleOnReturn } from '@/live/stale';
import { queryClient } from '@/query-client';
import { upload } from '../../upload';
import { patch } from '../../useInboxLive';
import type { Part } from '../send';

export const scheduledQuery = (id: string) =>
  queryOptions({
    queryKey: ['scheduled', id],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/conversations/{id}/scheduled', { params: { path: { id } }, signal }))).items,
    staleTime: 60_000,
  });

staleOnReturn('scheduled');
onLive('scheduled.changed', ({ scheduled }) => { onScheduled(queryClient, scheduled); });

export function onScheduled(client: QueryClient, changed: ScheduledMessage): void {
  patch<ScheduledMessage[]>(client, scheduledQuery(changed.conversation_id).queryKey, (before) => before && placed(before, changed));
}

/** Soonest first; what was sent or called off leaves the list. */
export function placed(before: ScheduledMessage[], changed: ScheduledMessage): ScheduledMessage[] {
  const others = before.filter((one) => one.id !== changed.id);
  const stays = changed.state === 'waiting' || changed.state === 'failed';
  return stays ? [...others, changed].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)) : others;
}

/** Files go to the box now: at the moment itself nobody may be here to send them. */
export function useSchedule(conversationId: string) {
  const client = useQueryClient();
  const [ready] = useState(() => new Map<string, OutgoingMessage>());
  return useMutation({
    mutationFn: async ({ parts, at }: { parts: Part[]; at: string }) => {
      const made: ScheduledMessage[] = [];
      for (const part of parts) {
        // Asked again after an answer was lost, it is the very same request: the box writes it down once.
        const message = ready.get(part.key) ?? { ...(await withMedia(part)) };
        ready.set(part.key, message);
        const params = { path: { id: conversationId }, header: { 'idempotency-key': part.key } };
        made.push(await answer(api.POST('/api/v1/conversations/{id}/scheduled', { params, body: { at, message: { ...message } } })));
      }
      return made;
    },
    onSuccess: (made) => { for (const one of made) onScheduled(client, one); },
  });
}

async function withMedia({ body, file }: Part): Promise<OutgoingMessage> {
  if (!file) return body;
  const { id } = await upload(file, () => undefined);
  const inner = body.image ?? body.video ?? body.audio ?? body.document ?? body.sticker ?? {};
  return { ...body, [body.type]: { ...inner, media_id: id } };
}

export function useChangeScheduled() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, at, message }: { id: string; at: string; message?: OutgoingMessage }) =>
      answer(api.PATCH('/api/v1/scheduled/{id}', { params: { path: { id } }, body: { at, ...(message ? { message: { ...message } } : {}) } })),
    onSuccess: (changed) => { onScheduled(client, changed); },
  });
}

export function useCancelScheduled(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/scheduled/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: scheduledQuery(conversationId).queryKey }),
  });
}

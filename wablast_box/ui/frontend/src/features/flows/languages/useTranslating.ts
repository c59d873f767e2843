import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { showAnswer } from '@/asking';
import { ask } from '../box';

export interface Order {
  id: string;
  language: string;
  state: 'waiting' | 'working' | 'done' | 'failed';
  total: number;
  done: number;
  refused: number;
  error: string | null;
}

export type Only = 'missing' | 'stale' | 'all';

const LOOK_MS = 1200;
const isActive = (order: Order | undefined): boolean => order?.state === 'waiting' || order?.state === 'working';

interface Translating {
  /** Writes the draft first: the model gets what is seen. */
  before: () => Promise<unknown>;
  /** An order came to its end: the draft is another one now. */
  onOver: (order: Order) => void;
}

/** What a language model translates in the box, and how far it is. */
export function useTranslating(flowId: string, { before, onOver }: Translating) {
  const client = useQueryClient();
  const newest = queryOptions({
    queryKey: ['flow', flowId, 'translations'],
    queryFn: async ({ signal }) => (await ask<{ items: Order[] }>('GET', '/api/v1/flows/{id}/translations', { params: { path: { id: flowId } }, signal })).items[0] ?? null,
    refetchInterval: (query) => (isActive(query.state.data ?? undefined) ? LOOK_MS : false),
  });
  const last = useQuery(newest).data ?? undefined;
  const order = useMutation({
    mutationFn: async (body: { to: string; only: Only }) => {
      await before();
      return ask<Order>('POST', '/api/v1/flows/{id}/translate', { params: { path: { id: flowId } }, body });
    },
    onSuccess: (made) => { showAnswer(client, newest.queryKey, made); },
  });
  const under = isActive(last) ? last : undefined;
  const was = useRef<string | null>(null);
  const over = useRef(onOver);
  useEffect(() => { over.current = onOver; });
  useEffect(() => {
    if (under) was.current = under.id;
    else if (last && was.current === last.id) {
      was.current = null;
      over.current(last);
    }
  }, [last, under]);
  return { under, error: order.error, busy: order.isPending || under !== undefined, translate: order.mutate };
}

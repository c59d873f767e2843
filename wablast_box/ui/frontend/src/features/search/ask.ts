/** What is asked: the words, the kind and the chips, and how they are written for the box. */
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { components } from '@/api/schema';

export type Hit = components['schemas']['Hit'];
export type HitKind = Hit['kind'];

export const KINDS = ['message', 'contact', 'file', 'note'] as const;
export const SIDES = ['customer', 'staff', 'me'] as const;
export const AGES = { week: '7d', month: '30d', year: '365d' } as const;
export type Kind = (typeof KINDS)[number];
export type Side = (typeof SIDES)[number];
export type Age = keyof typeof AGES;

export interface Ask {
  words: string;
  kind: Kind | null;
  side: Side | null;
  age: Age | null;
  /** Only in this conversation. */
  inside: string | null;
}

export const NOTHING: Ask = { words: '', kind: null, side: null, age: null, inside: null };

export const isNarrow = (ask: Ask): boolean => ask.side !== null || ask.age !== null || ask.inside !== null || ask.kind !== null;

/** The words come last: the box takes the last one for a beginning while it is being typed. */
export function written({ words, side, age, inside }: Ask): string {
  const filters = [inside ? `in:${inside}` : '', side ? `from:${side}` : '', age ? `after:${AGES[age]}` : ''];
  return [...filters, words.trimStart()].filter(Boolean).join(' ');
}

/** One letter is in everything; files can be leafed through without a word. */
export const isAskable = (ask: Ask): boolean => ask.words.trim().length >= 2 || (ask.words.trim() === '' && (ask.kind === 'file' || ask.side !== null || ask.inside !== null));

const first = (): string | null => null;

export const searchQuery = (ask: Ask) =>
  infiniteQueryOptions({
    queryKey: ['search', written(ask), ask.kind],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET('/api/v1/search', { params: { query: { q: written(ask), kind: ask.kind ?? undefined, limit: 30, cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: first(),
    getNextPageParam: (page) => page.next_cursor,
    enabled: isAskable(ask),
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    gcTime: 60_000,
    retry: false,
  });

export interface Group {
  kind: HitKind;
  hits: Hit[];
}

/** Hits under headings: people first, then in the order in which the first of each kind comes. */
export function grouped(hits: Hit[]): Group[] {
  const groups = new Map<HitKind, Hit[]>();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return [...groups].map(([kind, found]) => ({ kind, hits: found }));
}

export const keyOf = (hit: Hit): string => `${hit.kind}-${hit.id}`;

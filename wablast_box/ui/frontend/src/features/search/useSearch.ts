/** The hits for what is being typed: asked for when the hands rest, looked for further back when a page was empty. */
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type Ask, grouped, type Group, type Hit, isAskable, searchQuery } from './ask';

const REST_MS = 140;
/** A page may be empty though there is more to look through; so often the search goes on by itself. */
const PATIENCE = 8;

export interface Found {
  hits: Hit[];
  groups: Group[];
  isAsked: boolean;
  isLooking: boolean;
  more: boolean;
  error: Error | null;
  older: () => void;
  retry: () => void;
}

const NONE: Hit[] = [];

export function useSearch(ask: Ask): Found {
  const [words] = useDebouncedValue(ask.words, REST_MS);
  const asked = useMemo(() => ({ ...ask, words }), [ask, words]);
  const query = useInfiniteQuery(searchQuery(asked));
  const { data, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage, isPlaceholderData, refetch } = query;
  const isAsked = isAskable(ask);
  const hits = useMemo(() => (isAsked ? data?.pages.flatMap((page) => page.items) ?? NONE : NONE), [data, isAsked]);
  const groups = useMemo(() => grouped(hits), [hits]);
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (hits.length === 0 && hasNextPage && !isFetching && !isPlaceholderData && pages < PATIENCE) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, hits.length, isFetching, isPlaceholderData, pages]);
  return {
    hits, groups, isAsked,
    isLooking: isFetching || words !== ask.words,
    more: isAsked && hasNextPage,
    error: isAsked ? query.error : null,
    older: () => { if (!isFetchingNextPage) void fetchNextPage(); },
    retry: () => { void refetch(); },
  };
}

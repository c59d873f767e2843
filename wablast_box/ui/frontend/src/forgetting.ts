/** A window stays open for days and walks through hundreds of chats: of each kind of answer only the latest unused ones are kept. */
import type { Query, QueryCache } from '@tanstack/react-query';

export const MOST_UNUSED = 12;
const SOON_MS = 2_000;

/** What is asked for one thing, like ['timeline', id]; what is asked once for all stays. */
const isOfOne = ({ queryKey }: Query): boolean => queryKey.length > 1 && typeof queryKey[0] === 'string';

export function forgetUnused(cache: QueryCache): void {
  let timer: number | undefined;
  cache.subscribe(({ type }) => {
    if (type !== 'added' || timer !== undefined) return;
    timer = window.setTimeout(() => {
      timer = undefined;
      prune(cache);
    }, SOON_MS);
  });
}

export function prune(cache: QueryCache): void {
  const unused = cache.getAll().filter((query) => isOfOne(query) && query.getObserversCount() === 0 && query.state.fetchStatus === 'idle');
  const kept = new Map<unknown, number>();
  for (const query of unused.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)) {
    const [kind] = query.queryKey;
    const count = (kept.get(kind) ?? 0) + 1;
    kept.set(kind, count);
    if (count > MOST_UNUSED) cache.remove(query);
  }
}

import { type DataTag, type InvalidateOptions, type InvalidateQueryFilters, type Query, QueryClient, type QueryKey } from '@tanstack/react-query';

/** The library lets a first answer stand that was on its way when it went stale, though the box may have read it before: it is asked
 *  for once more. Not instead, so that something is shown also where news never pause. */
export class AskingClient extends QueryClient {
  readonly #again = new WeakSet<Query>();

  override invalidateQueries<K extends QueryKey = QueryKey>(filters?: InvalidateQueryFilters<K>, options?: InvalidateOptions): Promise<void> {
    for (const query of this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
      if (query.state.data === undefined || !query.isActive()) this.#askAgain(query);
    }
    return super.invalidateQueries(filters, options);
  }

  #askAgain(query: Query): void {
    if (this.#again.has(query)) return;
    this.#again.add(query);
    const answered = () => { this.#again.delete(query); };
    query.promise?.then(() => {
      answered();
      return super.invalidateQueries({ predicate: (one) => one === query });
    }, answered).catch(() => undefined);
  }
}

/** What the box answered to a change. An answer that is on its way may have been read before the change: it is asked for anew. */
export function showAnswer<T>(client: QueryClient, queryKey: DataTag<QueryKey, T, Error>, answer: T | ((before: T | undefined) => T | undefined)): void {
  const isAsked = client.isFetching({ queryKey, exact: true }) > 0;
  client.setQueryData<T>(queryKey, answer as T);
  if (isAsked) void client.invalidateQueries({ queryKey, exact: true });
}

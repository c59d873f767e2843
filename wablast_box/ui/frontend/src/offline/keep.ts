/** Keeps what was last on the screen, so that it can be read while the box is out of reach. A query says that it is
 *  worth keeping; what is kept is shown only when the box cannot be asked. */
import type { Query, QueryClient, QueryFunctionContext, QueryKey } from '@tanstack/react-query';
import { ApiError } from '@/api/errors';
import { clear, read, readAll, remove, write } from './db';

/** How many of each kind stay, the newest. */
const MOST = { session: 1, lists: 6, chats: 60, threads: 50 } as const;
/** One conversation with huge cards must not push out all others. */
const LARGEST = 400_000;
const CALM_MS = 1500;

export type Kind = keyof typeof MOST;

interface Row {
  name: string;
  kind: Kind;
  at: number;
  data: unknown;
}

type Trim = (data: unknown) => unknown;
const trims = new Map<Kind, Trim>();
const nameOf = (key: QueryKey): string => JSON.stringify(key);

/** Spread into a query's options. `trim` leaves out what is not worth the room: further pages, secrets. */
export function keptAs<T>(kind: Kind, trim: (data: T) => T | undefined) {
  // What comes back is what this very query put there, under its own key.
  trims.set(kind, (data) => trim(data as T));
  // Lists of pages come back whole, which the library's type does not say.
  return { meta: { keep: kind }, persister: orKept as never };
}

async function orKept(ask: (context: QueryFunctionContext) => unknown, context: QueryFunctionContext, query: Query): Promise<unknown> {
  try {
    return await ask(context);
  } catch (error) {
    const kept = query.state.data === undefined && isOut(error) ? await recallKept(query.queryKey) : undefined;
    if (kept === undefined) throw error;
    return kept;
  }
}

const isOut = (error: unknown): boolean => error instanceof ApiError && (error.isOffline || error.status >= 502);

export async function recallKept(key: QueryKey): Promise<unknown> {
  const row = await read('kept', nameOf(key));
  return isRow(row) ? row.data : undefined;
}

/** Keep something that never was on the screen: the next chats of the list. */
export async function keepNow(kind: Kind, key: QueryKey, data: unknown): Promise<void> {
  const trimmed = trims.get(kind)?.(data) ?? undefined;
  if (trimmed === undefined || JSON.stringify(trimmed).length > LARGEST) return;
  await write('kept', { name: nameOf(key), kind, at: Date.now(), data: trimmed } satisfies Row);
}

/** Follows the cache: what an event patched is kept too. Written in calm moments, the same thing once. */
export function keepUpdates(client: QueryClient): () => void {
  const changed = new Map<string, Query>();
  let timer = 0;
  const flush = async () => {
    timer = 0;
    const batch = [...changed.values()];
    changed.clear();
    for (const query of batch) await keepNow(kindOf(query) ?? 'chats', query.queryKey, query.state.data);
    await thin();
  };
  const note = (query: Query) => {
    if (query.state.status !== 'success' || kindOf(query) === undefined) return;
    changed.set(query.queryHash, query);
    timer ||= window.setTimeout(() => { void flush(); }, CALM_MS);
  };
  const stop = client.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'removed') changed.delete(query.queryHash);
    if (type === 'updated') note(query);
  });
  for (const query of client.getQueryCache().getAll()) note(query);
  return () => {
    stop();
    window.clearTimeout(timer);
  };
}

const kindOf = (query: Query): Kind | undefined => {
  const kind = query.meta?.['keep'];
  return typeof kind === 'string' && kind in MOST ? (kind as Kind) : undefined;
};

async function thin(): Promise<void> {
  const rows = (await readAll('kept')).filter(isRow);
  for (const name of tooMany(rows)) await remove('kept', name);
}

/** The names of those that must go: beyond what each kind may hold, the oldest. */
export function tooMany(rows: readonly Pick<Row, 'name' | 'kind' | 'at'>[]): string[] {
  return Object.entries(MOST).flatMap(([kind, most]) =>
    rows.filter((row) => row.kind === kind).toSorted((a, b) => b.at - a.at).slice(most).map((row) => row.name));
}

export const forgetKept = (): Promise<void> => clear('kept');

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && 'name' in row && 'kind' in row && 'data' in row;
}

/** Asks the box for what a window missed, page by page, by event number: never by fetching everything again. */
import type { MissedEvent } from '@/api/types';
import type { Missed } from './events';

interface MissedPage {
  items: MissedEvent[];
  next_cursor: string | null;
  reload: boolean;
}

const MOST_PAGES = 10;

export async function replay(after: string | null, fetchPage: (after: string) => Promise<MissedPage>): Promise<Missed> {
  if (after === null) return 'everything';
  const missed: MissedEvent[] = [];
  let cursor = after;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next_cursor, reload } = await fetchPage(cursor);
    if (reload) return 'everything';
    missed.push(...items);
    if (next_cursor === null) return missed;
    cursor = next_cursor;
  }
  return 'everything';
}

/** Event ids are decimal strings beyond 2^53, so they are compared as text: longer is later, then by digits. */
export const isLater = (a: string, b: string | null): boolean =>
  b === null || a.length > b.length || (a.length === b.length && a > b);

/** Asks the box for what a window missed, page by page, by event number: never by fetching everything again. */
import type { MissedEvent } from '@/api/types';
import type { Missed } from './events';

interface MissedPage {
  items: MissedEvent[];
  next_cursor: string | null;
  reload: boolean;
}

const MOST_PAGES = 10;
/** Two seconds of ids. */
const SLACK = 2_000n << 21n;

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

/** Where to ask from after the last event that was heard. Ids are made before the box has written an event: one with a lower id may
 *  have been told later, when the line was gone already. What was heard is asked for twice, which changes nothing. */
export const askFrom = (heard: string | null): string | null =>
  heard === null ? null : String(BigInt(heard) > SLACK ? BigInt(heard) - SLACK : 0n);

/** Event ids are decimal strings beyond 2^53, so they are compared as text: longer is later, then by digits. */
export const isLater = (a: string, b: string | null): boolean =>
  b === null || a.length > b.length || (a.length === b.length && a > b);

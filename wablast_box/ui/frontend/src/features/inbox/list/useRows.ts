/** The rows of a list as they stand on the screen: loaded page by page, holding still while somebody is in them. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Conversation } from '@/api/types';
import { conversationQuery, conversationsQuery } from '../queries';
import { useSteadyOrder } from '../useSteadyOrder';
import { useRelease } from './selection';

const KEYS_HOLD_MS = 6000;

export interface Hold {
  pointer: boolean;
  focus: boolean;
  scrolled: boolean;
}

/** Pointer, keyboard, a scrolled list and marked rows each keep the order as it is. */
export function useHold(active: string | undefined, marked: boolean) {
  const [hold, setHold] = useState<Hold>({ pointer: false, focus: false, scrolled: false });
  const [walking, setWalking] = useState(false);
  const [before, setBefore] = useState(active);
  if (before !== active) {
    setBefore(active);
    setWalking(true);
  }
  useEffect(() => {
    if (!walking) return;
    const timer = window.setTimeout(() => { setWalking(false); }, KEYS_HOLD_MS);
    return () => { window.clearTimeout(timer); };
  }, [walking, active]);
  return { held: hold.pointer || hold.focus || hold.scrolled || walking || marked, setHold };
}

export function useRows(words: string | undefined, view: string, q: string, held: boolean, active: string | undefined) {
  const query = useInfiniteQuery({ ...conversationsQuery(words ?? '', q === ''), enabled: words !== undefined, placeholderData: keepPreviousData });
  // A filter that cannot be read leaves on the screen what was there.
  const [good, setGood] = useState(words);
  if (query.isSuccess && !query.isPlaceholderData && words !== good) setGood(words);
  // The same options as above: what one reader leaves out would be left out for both.
  const former = useInfiniteQuery({ ...conversationsQuery(good ?? '', q === ''), enabled: false }).data;
  const data = query.data ?? (query.isError ? former : undefined);
  const live = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const times = useRelease((state) => state.times);
  const list = `${view} ${q} ${String(times)}`;
  // What stands there until the answer comes are rows of another list: they are not what holds still.
  const steady = useSteadyOrder(live, held && !query.isPlaceholderData, list);
  return { query, ...steady, rows: useWithOpen(steady.rows, active, list, query.isSuccess && !query.isPlaceholderData) };
}

interface Kept {
  list: string;
  at: number;
  row: Conversation;
}

/** The open conversation stays where it was, although reading it may have taken it out of the list. */
function useWithOpen(rows: Conversation[], active: string | undefined, list: string, settled: boolean): Conversation[] {
  const [kept, setKept] = useState<Kept | null>(null);
  const { data: fresh } = useQuery({ ...conversationQuery(active ?? ''), enabled: false });
  const at = useMemo(() => (active === undefined ? -1 : rows.findIndex((row) => row.id === active)), [active, rows]);
  const found = rows[at];
  if (settled && found && (kept?.row !== found || kept.at !== at || kept.list !== list)) setKept({ list, at, row: found });
  const missing = !found && kept?.row.id === active && kept?.list === list ? kept : null;
  return useMemo(() => (missing ? rows.toSpliced(Math.min(missing.at, rows.length), 0, fresh ?? missing.row) : rows), [fresh, missing, rows]);
}

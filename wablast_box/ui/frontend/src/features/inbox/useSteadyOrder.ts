/** A list that does not move while somebody points at it: what is new waits behind a pill. */
import { useCallback, useMemo, useState } from 'react';
import type { Conversation } from '@/api/types';

interface Frozen {
  order: string[];
  newest: Map<string, string>;
}

export interface Steady {
  rows: Conversation[];
  /** How many conversations stand elsewhere than they should by now. */
  fresh: number;
  refresh: () => void;
}

const newestOf = (conversation: Conversation): string => conversation.sort_id;

export const freeze = (live: readonly Conversation[]): Frozen => ({
  order: live.map((one) => one.id),
  newest: new Map(live.map((one) => [one.id, newestOf(one)])),
});

/** The frozen order with what is known now; pages that were scrolled to meanwhile follow at the end. */
export function steady(frozen: Frozen, live: readonly Conversation[]): { rows: Conversation[]; fresh: number } {
  const known = new Map(live.map((one) => [one.id, one]));
  const rows = frozen.order.flatMap((id) => known.get(id) ?? []);
  const lastShown = live.findLastIndex((one) => frozen.newest.get(one.id) === newestOf(one));
  const later = live.slice(lastShown + 1).filter((one) => !frozen.newest.has(one.id));
  const before = live.slice(0, lastShown + 1);
  const fresh = before.filter((one, at) => frozen.newest.get(one.id) !== newestOf(one) && frozen.order[at] !== one.id).length;
  return { rows: [...rows, ...later], fresh };
}

export function useSteadyOrder(live: Conversation[], held: boolean, list: string): Steady {
  const [frozen, setFrozen] = useState<(Frozen & { list: string }) | null>(null);
  if (held && (frozen === null || frozen.list !== list)) setFrozen({ ...freeze(live), list });
  if (!held && frozen !== null) setFrozen(null);
  const refresh = useCallback(() => { setFrozen(null); }, []);
  // Fifty thousand rows are put in order when one of them changes, not each time the list is drawn.
  return useMemo(() => (frozen === null ? { rows: live, fresh: 0, refresh } : { ...steady(frozen, live), refresh }), [frozen, live, refresh]);
}

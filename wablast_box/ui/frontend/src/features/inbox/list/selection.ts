/** Which conversations are marked for one action. Leaving the view unmarks them. */
import { create } from 'zustand';

export const MOST = 500;

interface Selection {
  ids: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string | null;
}

export const useSelection = create<Selection>(() => ({ ids: new Set(), anchor: null }));

export const clearSelection = (): void => { useSelection.setState({ ids: new Set(), anchor: null }); };

export function toggle(id: string): void {
  useSelection.setState(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id) && next.size < MOST) next.add(id);
    return { ids: next, anchor: id };
  });
}

/** From where marking began to here, as the list stands. */
export function extend(order: readonly string[], id: string): void {
  useSelection.setState(({ ids, anchor }) => {
    const from = anchor === null ? -1 : order.indexOf(anchor);
    const to = order.indexOf(id);
    if (from < 0 || to < 0) return { ids: new Set([...ids, id].slice(0, MOST)), anchor: id };
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { ids: new Set([...ids, ...range].slice(0, MOST)), anchor };
  });
}

export const selectAll = (order: readonly string[]): void => { useSelection.setState({ ids: new Set(order.slice(0, MOST)), anchor: order[0] ?? null }); };

/** What is no longer in the list cannot be meant. */
export function keepOnly(order: ReadonlySet<string>): void {
  const { ids } = useSelection.getState();
  const left = [...ids].filter((id) => order.has(id));
  if (left.length !== ids.size) useSelection.setState({ ids: new Set(left) });
}

/** Counts how often the list was asked to stop holding still: what one did oneself shows where it belongs. */
export const useRelease = create<{ times: number }>(() => ({ times: 0 }));
export const release = (): void => { useRelease.setState(({ times }) => ({ times: times + 1 })); };

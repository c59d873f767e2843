import { useEffect, useState } from 'react';

const A_DAY_MS = 86_400_000;

/** The clock of the list moves every 15 seconds; what becomes late does so in its very moment, also when that was before it was drawn. */
export function useTurn(dueAt: number | null, now: number): number {
  const [turned, setTurned] = useState(0);
  const isOver = dueAt !== null && now >= dueAt;
  useEffect(() => {
    if (dueAt === null || isOver || dueAt - Date.now() > A_DAY_MS) return undefined;
    const timer = window.setTimeout(() => { setTurned(Date.now()); }, Math.max(0, dueAt - Date.now()) + 5);
    return () => { window.clearTimeout(timer); };
  }, [dueAt, isOver]);
  return Math.max(now, turned);
}

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let current = Date.now();
let timer: number | undefined;

const EVERY = 15_000;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(tick, EVERY);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

function tick(): void {
  current = Date.now();
  for (const listener of listeners) listener();
}

const snapshot = (): number => {
  if (listeners.size === 0) current = Date.now();
  return current;
};

/** One clock for all countdowns on the screen; it moves every 15 seconds. */
export const useNow = (): number => useSyncExternalStore(listen, snapshot);

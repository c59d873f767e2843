/** Messages that wait for the box, on disk: they survive a closed tab, and each goes out once however many tabs are open. */
import type { OutgoingMessage, Problem } from '@/api/types';
import { clear, read, readAll, remove, write } from './db';

export interface Waiting {
  /** The message's client key: sending it twice under this key changes nothing. */
  name: string;
  user: string;
  conversationId: string;
  createdAt: string;
  body: OutgoingMessage;
  file: File | null;
  problem: Problem | null;
}

/** Beyond that a file is sent while the tab is open, or not at all: a phone's storage is small. */
const LARGEST_FILE = 32 * 1024 * 1024;
export const SYNC = 'wablast-outbox';

/** True when it is on disk. */
export const keepWaiting = async (row: Waiting): Promise<boolean> => (row.file?.size ?? 0) <= LARGEST_FILE && write('waiting', row);

export const dropWaiting = (key: string): Promise<void> => remove('waiting', key);

/** Does it still wait? Another tab, or the service worker, may have been faster. */
export const stillWaits = async (key: string): Promise<boolean> => (await read('waiting', key)) !== undefined;

export async function allWaiting(user: string): Promise<Waiting[]> {
  const rows = (await readAll('waiting')).filter(isWaiting).filter((row) => row.user === user);
  return rows.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

export const forgetWaiting = (): Promise<void> => clear('waiting');

/** One at a time sends to a conversation, of all tabs and the service worker together. Where locks are missing, the key alone guards. */
export function alone<T>(conversationId: string, act: () => Promise<T>): Promise<T> {
  // Typed as always there, but missing on plain http.
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request(`wablast-outbox-${conversationId}`, act) : act();
}

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(SYNC);

/** Something waits now, or no longer: other tabs look again, and the browser wakes the service worker when the line is back. */
export function announceWaiting(): void {
  channel?.postMessage('changed');
  void wakeLater();
}

interface SyncManager {
  register: (tag: string) => Promise<void>;
}

/** Background sync exists in some browsers only; elsewhere the next open tab sends. */
async function wakeLater(): Promise<void> {
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  try {
    const registration: (ServiceWorkerRegistration & { sync?: SyncManager }) | undefined = await workers?.getRegistration();
    await registration?.sync?.register(SYNC);
  } catch {
    // Not allowed here: see above.
  }
}

/** Called when another tab, or the service worker, changed what waits. */
export function onWaitingElsewhere(listener: () => void): void {
  channel?.addEventListener('message', listener);
}

function isWaiting(row: unknown): row is Waiting {
  return typeof row === 'object' && row !== null && 'name' in row && 'conversationId' in row && 'body' in row && 'user' in row;
}

/** Is anything not as it should be? Says what, from the figures alone; alarms come on top. */
import type { Diagnostics } from '@/api/types';

export type Worry = 'incoming' | 'outgoing' | 'unconfirmed' | 'keptAside' | 'disk';

const LATE_S = 60;
const LOW_DISK_MB = 1000;

export function worries(figures: Diagnostics): Worry[] {
  const found: [Worry, boolean][] = [
    ['incoming', (figures.webhook_events.oldest_pending_age_s ?? 0) > LATE_S],
    ['outgoing', (figures.outbox.oldest_queued_age_s ?? 0) > LATE_S],
    ['unconfirmed', figures.outbox.unconfirmed > 0],
    ['keptAside', figures.webhook_events.failed > 0],
    // Some systems do not tell how much is free: then nothing is said.
    ['disk', figures.disk_free_mb !== null && figures.disk_free_mb < LOW_DISK_MB],
  ];
  return found.filter(([, isSo]) => isSo).map(([worry]) => worry);
}

/** Meta's customer service window: free-form messages go until 24 hours after the customer last wrote. */
import { longDuration, shortDuration } from '@/lib/dates';

export interface WindowLeft {
  open: boolean;
  /** Under two hours: it needs somebody. */
  low: boolean;
  short: string;
  long: string;
}

const LOW_MS = 2 * 3_600_000;

export function windowLeft(expiresAt: string | null, now: number): WindowLeft {
  const left = expiresAt === null ? 0 : Date.parse(expiresAt) - now;
  if (left <= 0) return { open: false, low: false, short: '', long: '' };
  return { open: true, low: left < LOW_MS, short: shortDuration(left), long: longDuration(left) };
}

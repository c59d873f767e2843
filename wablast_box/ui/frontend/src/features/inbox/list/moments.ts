/** When a snoozed conversation comes back: moments of the business's day, wherever the reader sits. */
import { dayKey } from '@/lib/dates';

export interface Moment {
  key: 'hour' | 'today' | 'tomorrow' | 'monday' | 'reply';
  /** None: until the customer writes. */
  at: string | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The moment of a wall-clock time on a day of the business. `offset`: minutes that its zone is ahead of UTC. */
export function atHour(day: string, hour: number, offset: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + hour * HOUR - offset * 60_000).toISOString();
}

export function moments(now: number, offset: number): Moment[] {
  const today = dayKey(now);
  const local = new Date(now + offset * 60_000);
  const toMonday = ((8 - local.getUTCDay()) % 7) || 7;
  const inThree = now + 3 * HOUR;
  const evening = Date.parse(atHour(today, 18, offset));
  return [
    { key: 'hour', at: new Date(now + HOUR).toISOString() },
    // After five there is no "later today" left that makes sense.
    ...(evening - now > HOUR ? [{ key: 'today' as const, at: new Date(Math.min(inThree, evening)).toISOString() }] : []),
    { key: 'tomorrow', at: atHour(dayKey(now + DAY), 9, offset) },
    ...(toMonday > 1 ? [{ key: 'monday' as const, at: atHour(dayKey(now + toMonday * DAY), 9, offset) }] : []),
    { key: 'reply', at: null },
  ];
}

/** How far a zone is ahead of UTC at a moment, in minutes. */
export function offsetOf(zone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(now);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return Math.round((wall - now) / 60_000);
}

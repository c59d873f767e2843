/** Moments that people mean when they say later, in the shop's time zone. */
import { dayKey, minuteOfDay, startOfDay, stampOf, timeOf } from '@/lib/dates';
import { dayLabel } from '@/lib/dates';
import { t } from '@/lib/i18n';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MORNING = 9 * 60;
const EVENING = 18 * 60;
export const FURTHEST = 365 * DAY;

export interface Choice {
  key: 'inHour' | 'evening' | 'tomorrow' | 'monday';
  at: number;
}

/** A day and minutes after its midnight as a moment. Where clocks change that day, the hands decide. */
export function momentAt(day: string, minutes: number): number {
  const guess = Date.parse(startOfDay(day)) + minutes * MINUTE;
  return guess + (minutes - minuteOfDay(guess)) * MINUTE;
}

export function choices(now: number): Choice[] {
  const evening = momentAt(dayKey(now), EVENING);
  const tomorrow = momentAt(dayKey(now + DAY), MORNING);
  // 1 is Monday; the day's name is that of its noon anywhere.
  const weekday = new Date(`${dayKey(now)}T12:00:00Z`).getUTCDay();
  const monday = momentAt(dayKey(now + ((8 - weekday) % 7 || 7) * DAY), MORNING);
  const all: Choice[] = [{ key: 'inHour', at: Math.ceil((now + HOUR) / MINUTE) * MINUTE }, { key: 'evening', at: evening }, { key: 'tomorrow', at: tomorrow }, { key: 'monday', at: monday }];
  return all.filter(({ key, at }) => (key !== 'evening' || at > now + HOUR) && (key !== 'monday' || at !== tomorrow));
}

/** "2026-11-22T09:30", as a field of the browser writes it, read in the shop's zone; null when it is none. */
export function fromField(value: string): number | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(value);
  return found ? momentAt(found[1] ?? '', Number(found[2]) * 60 + Number(found[3])) : null;
}

export const toField = (at: number): string => `${dayKey(at)}T${timeOf(new Date(at).toISOString())}`;

/** Today at 18:00, Tomorrow at 09:00, else with the date. */
export function whenOf(at: string, now: number): string {
  const key = dayKey(at);
  if (key === dayKey(now)) return t('composer.when.today', { time: timeOf(at) });
  if (key === dayKey(now + DAY)) return t('composer.when.tomorrow', { time: timeOf(at) });
  return Date.parse(at) < now ? stampOf(at).replace(/:\d\d$/, '') : t('composer.when.day', { day: dayLabel(at, now), time: timeOf(at) });
}

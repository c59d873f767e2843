/** Moments as people read them, in the business's own time zone wherever the reader sits. */
import { locale, t } from './i18n';

let zone = 'Asia/Kolkata';
let formats = new Map<string, Intl.DateTimeFormat>();

export function setTimeZone(next: string): void {
  if (next === zone) return;
  zone = next;
  formats = new Map();
}

type Shape = 'time' | 'day' | 'weekday' | 'short' | 'full' | 'stamp' | 'key';

const SHAPES: Record<Shape, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit', hour12: false },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  weekday: { weekday: 'short' },
  short: { day: 'numeric', month: 'short' },
  full: { day: 'numeric', month: 'short', year: 'numeric' },
  stamp: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false },
  key: { year: 'numeric', month: '2-digit', day: '2-digit' },
};

function format(shape: Shape, at: Date): string {
  let found = formats.get(shape);
  if (!found) {
    found = new Intl.DateTimeFormat(shape === 'key' ? 'en-CA' : locale, { ...SHAPES[shape], timeZone: zone });
    formats.set(shape, found);
  }
  return found.format(at);
}

const read = (at: string | number): Date => new Date(at);

/** Minutes since the shop's own midnight. */
export function minuteOfDay(at: number): number {
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', { ...SHAPES.time, timeZone: zone }).format(at).split(':').map(Number);
  return (hours % 24) * 60 + minutes;
}

/** 14:05 */
export const timeOf = (at: string): string => format('time', read(at));
/** 22 Nov 2026, 14:05:09: for tooltips and tables where the exact moment matters. */
export const stampOf = (at: string): string => format('stamp', read(at));
/** 22 Nov 2026 */
export const dateOf = (at: string): string => format('full', read(at));
/** 2026-11-22: two moments with the same key happened on the same day of the business. */
export const dayKey = (at: string | number): string => format('key', read(at));

const DAY = 86_400_000;

/** The heading of a day in a conversation: Today, Yesterday, Friday, 20 November. */
export function dayLabel(at: string, now: number): string {
  const key = dayKey(at);
  if (key === dayKey(now)) return t('common.today');
  if (key === dayKey(now - DAY)) return t('common.yesterday');
  return now - read(at).getTime() < 300 * DAY ? format('day', read(at)) : `${format('weekday', read(at))}, ${dateOf(at)}`;
}

/** As short as a list wants it: the time today, Yesterday, a weekday this week, else the date. */
export function listTime(at: string, now: number): string {
  const key = dayKey(at);
  const age = now - read(at).getTime();
  if (key === dayKey(now)) return timeOf(at);
  if (key === dayKey(now - DAY)) return t('common.yesterday');
  if (age < 6 * DAY) return format('weekday', read(at));
  return age < 300 * DAY ? format('short', read(at)) : dateOf(at);
}

/** 18 h, 41 m: for a chip. */
export function shortDuration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes >= 2880) return t('common.duration.days', { n: Math.floor(minutes / 1440) });
  if (minutes >= 60) return t('common.duration.hours', { n: Math.floor(minutes / 60) });
  return t('common.duration.minutes', { n: minutes });
}

/** 2 h 41 min: for a sentence. */
export function longDuration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  return h ? t('common.duration.hoursMinutes', { h, m }) : t('common.duration.minutesOnly', { m });
}

/** "2026-11-22" → the moment at which that day begins for the business. */
export function startOfDay(day: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const [hour = 0, minute = 0] = timeOf(new Date(noon).toISOString()).split(':').map(Number);
  // How far the business's noon is from everybody's; zones reach from -12 to +14 hours.
  const there = hour * 60 + minute;
  const offset = dayKey(noon) > day ? there + 720 : dayKey(noon) < day ? there - 2160 : there - 720;
  return new Date(Date.parse(`${day}T00:00:00Z`) - offset * 60_000).toISOString();
}

/** The moment at which the business's present day began: the same all day, so that nothing is drawn anew meanwhile. */
export const dayBegan = (now: number): number => Date.parse(startOfDay(dayKey(now)));

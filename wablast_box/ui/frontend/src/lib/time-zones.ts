/** Time zones as people search for them: by city, by name ("India Standard Time"), by distance (UTC+05:30). */
import { locale } from './i18n';

export interface TimeZoneChoice {
  value: string;
  label: string;
}

/** Browsers still list these under names that the world has changed since. */
const RENAMED: Record<string, string> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
};

export const zoneName = (zone: string): string => RENAMED[zone] ?? zone;

let known: TimeZoneChoice[] | undefined;

export function timeZones(): TimeZoneChoice[] {
  known ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(zoneName)])].toSorted().map((value) => ({ value, label: zoneLabel(value) }));
  return known;
}

/** "Kolkata, Asia · India Standard Time · UTC+05:30" */
export function zoneLabel(zone: string): string {
  const place = zone.replaceAll('_', ' ').split('/').toReversed().join(', ');
  return [place, part(zone, 'long'), part(zone, 'longOffset').replace('GMT', 'UTC')].filter(Boolean).join(' · ');
}

function part(zone: string, timeZoneName: 'long' | 'longOffset'): string {
  const found = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName }).formatToParts().find((one) => one.type === 'timeZoneName');
  return found?.value ?? '';
}

/** How long ago, as people say it: just now, 5 min ago, yesterday. The exact moment belongs in the tooltip. */
import { locale, t } from './i18n';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60]];
let words: Intl.RelativeTimeFormat | undefined;

export function ago(at: string, now: number): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  if (Math.abs(seconds) < 45) return t('common.justNow');
  words ??= new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of UNITS) {
    const count = Math.round(seconds / size);
    if (count !== 0) return words.format(count, unit);
  }
  return words.format(Math.round(seconds / 60), 'minute');
}

/** Figures in words, and as a file for spreadsheets. */
import { locale, t } from '@/lib/i18n';
import type { Figures } from '../types';

export const share = (part: number, whole: number): number => (whole > 0 ? Math.round((part / whole) * 100) : 0);

/** 40 s, 3 min, 1.5 h, 2 days. */
export function spanOf(seconds: number): string {
  const few = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (seconds < 60) return t('flowRuns.figures.seconds', { count: few(seconds) });
  if (seconds < 3600) return t('flowRuns.figures.minutes', { count: few(seconds / 60) });
  if (seconds < 2 * 86_400) return t('flowRuns.figures.hours', { count: few(seconds / 3600) });
  return t('flowRuns.figures.daysLong', { count: few(seconds / 86_400) });
}

const COLUMNS = ['day', 'started', 'finished', 'handed_over', 'left', 'failed', 'active'] as const;

/** A line a day, for any spreadsheet. */
export const csvOf = (days: Figures['days']): string =>
  [COLUMNS.join(','), ...days.map((one) => COLUMNS.map((column) => String(one[column])).join(','))].join('\r\n') + '\r\n';

/** A round number at or above the highest bar, for the line it is measured by. */
export function roundTop(most: number): number {
  if (most <= 4) return 4;
  const unit = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((one) => one * unit).find((one) => one >= most) ?? most;
}

/** Ages and sizes of the machine, as short as they stay true. */
import { shortDuration } from '@/lib/dates';
import { t } from '@/lib/i18n';

/** 4 s, 12 m, 3 h, 9 d */
export const age = (seconds: number): string =>
  seconds < 60 ? t('common.duration.seconds', { s: Math.round(seconds) }) : shortDuration(seconds * 1000);

/** 84 MB, 3.2 GB, 120 GB */
export function megabytes(size: number): string {
  if (size < 1000) return t('ops.status.megabytes', { n: size < 10 ? size.toFixed(1) : Math.round(size) });
  return t('ops.status.gigabytes', { n: size < 10_000 ? (size / 1000).toFixed(1) : Math.round(size / 1000) });
}

import { t } from './i18n';

/** 312 B, 48 kB, 3.4 MB */
export function bytes(size: number): string {
  if (size < 1000) return t('common.bytes.b', { n: size });
  if (size < 1_000_000) return t('common.bytes.kb', { n: Math.round(size / 1000) });
  return t('common.bytes.mb', { n: (size / 1_000_000).toFixed(size < 10_000_000 ? 1 : 0) });
}

import { t } from '@/lib/i18n';
import { windowLeft } from '../window';
import classes from './List.module.css';

interface WindowChipProps {
  expiresAt: string | null;
  now: number;
}

/** How long one may still write freely. Saffron when it needs somebody soon. */
export function WindowChip({ expiresAt, now }: WindowChipProps) {
  const left = windowLeft(expiresAt, now);
  if (!left.open) return <span className={classes.chip} data-closed title={t('inbox.window.closedHint')}>{t('inbox.window.closedChip')}</span>;
  return <span className={classes.chip} data-low={left.low || undefined} title={t('inbox.window.chip', { left: left.long })}>{left.short}</span>;
}

import { t } from '@/lib/i18n';
import { FreeEntry } from '../templates/FreeEntry';
import { windowLeft } from '../window';
import classes from './List.module.css';

interface WindowChipProps {
  expiresAt: string | null;
  freeUntil?: string | null;
  now: number;
}

/** How long one may still write freely. Saffron when it needs somebody soon. */
export function WindowChip({ expiresAt, freeUntil, now }: WindowChipProps) {
  const free = <FreeEntry until={freeUntil ?? null} now={now} short />;
  const left = windowLeft(expiresAt, now);
  if (!left.open) return <>{free}<span className={classes.chip} data-closed title={t('inbox.window.closedHint')}>{t('inbox.window.closedChip')}</span></>;
  return <>{free}<span className={classes.chip} data-low={left.low || undefined} title={t('inbox.window.chip', { left: left.long })}>{left.short}</span></>;
}

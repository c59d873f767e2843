import { IconSpeakerphone } from '@/design/icons';
import { shortDuration } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { untilOf } from './cost';
import classes from './FreeEntry.module.css';

interface FreeEntryProps {
  until: string | null;
  now: number;
  short?: boolean;
}

/** Meta's 72 hours after an advertisement: a window of its own, about the price and not about what may be written. */
export function FreeEntry({ until, now, short }: FreeEntryProps) {
  const left = until === null ? 0 : Date.parse(until) - now;
  if (until === null || left <= 0) return null;
  const hint = t('templates.free.hint', { until: untilOf(until, now) });
  return (
    <span className={classes.free} data-short={short} title={hint}>
      <IconSpeakerphone size={short ? 11 : 12} stroke={1.8} aria-hidden />
      <span>{short ? shortDuration(left) : t('templates.free.left', { left: shortDuration(left) })}</span>
      {short ? <span className="hidden-text">{hint}</span> : null}
    </span>
  );
}

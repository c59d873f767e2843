import { locale, t } from '@/lib/i18n';
import type { Figures } from '../types';
import { roundTop } from './counting';
import classes from './Figures.module.css';

interface DayChartProps {
  days: Figures['days'];
}

const dayOf = (day: string): string => new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A bar for each day: who began, and of these who finished. */
export function DayChart({ days }: DayChartProps) {
  const top = roundTop(Math.max(...days.map((one) => one.started)));
  const all = { started: sum(days, 'started'), finished: sum(days, 'finished') };
  const marks = [...new Set([0, Math.floor((days.length - 1) / 2), days.length - 1])];
  return (
    <figure className={classes.chart}>
      <figcaption><span data-key="started">{t('flowRuns.figures.legendStarted')}</span><span data-key="finished">{t('flowRuns.figures.legendFinished')}</span></figcaption>
      <div className={classes.plot}>
        <span className={classes.top} aria-hidden>{top.toLocaleString(locale)}</span>
        <div className={classes.bars} role="img" aria-label={t('flowRuns.figures.chart', all)} data-many={days.length > 100 || undefined}>
          {days.map((one) => (
            <span key={one.day} className={classes.bar} title={t('flowRuns.figures.day', { day: dayOf(one.day), started: one.started.toLocaleString(locale), finished: one.finished.toLocaleString(locale) })}>
              <i style={{ height: `${String((one.started / top) * 100)}%` }} />
              <b style={{ height: `${String((one.finished / top) * 100)}%` }} />
            </span>
          ))}
        </div>
      </div>
      <div className={classes.axis} aria-hidden>{marks.map((at) => <span key={at}>{dayOf(days[at]?.day ?? '')}</span>)}</div>
    </figure>
  );
}

const sum = (days: Figures['days'], what: 'started' | 'finished'): string => days.reduce((all, one) => all + one[what], 0).toLocaleString(locale);

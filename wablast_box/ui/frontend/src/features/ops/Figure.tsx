import type { ReactNode } from 'react';
import { locale, t } from '@/lib/i18n';
import { points, useTrend } from './trend';
import classes from './Ops.module.css';

interface FigureProps {
  label: string;
  help: string;
  value: number;
  /** When it was measured: each new moment adds a sample to the line. */
  at: number;
  /** What belongs to the number: how old the oldest is, what failed. */
  children: ReactNode;
}

/** One number that should be small, and how it was since the page was opened. */
export function Figure({ label, help, value, at, children }: FigureProps) {
  const values = useTrend(at, value);
  const name = t('ops.status.trendLabel', { what: label, now: value, most: Math.max(...values) });
  return (
    <div className={classes.figure}>
      <dt title={help}>{label}</dt>
      <dd>
        <span className={classes.number}>{value.toLocaleString(locale)}</span>
        <svg viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={name}>
          <polyline points={points(values)} vectorEffect="non-scaling-stroke" />
        </svg>
        <span className={classes.below}>{children}</span>
      </dd>
    </div>
  );
}

import type { CSSProperties } from 'react';
import { t } from '@/lib/i18n';
import classes from './Skeletons.module.css';

interface BoneProps {
  width?: CSSProperties['width'];
  height?: CSSProperties['height'];
  radius?: number;
}

export const Bone = ({ width = '100%', height = 10, radius = 5 }: BoneProps) => (
  <span className={classes.bone} style={{ width, height, borderRadius: radius }} />
);

interface RowsProps {
  rows?: number;
}

/** Rows with a picture and two lines: lists of people. Widths differ, so that it reads as content to come. */
export function SkeletonPeople({ rows = 9 }: RowsProps) {
  return (
    <div className={classes.people} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.person}>
          <Bone width={36} height={36} radius={11} />
          <div className={classes.lines}>
            <Bone width={`${String(38 + ((row * 17) % 30))}%`} />
            <Bone width={`${String(55 + ((row * 23) % 38))}%`} height={8} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Plain lines: tables, cards, settings. */
export function SkeletonLines({ rows = 6 }: RowsProps) {
  return (
    <div className={classes.block} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Bone key={row} width={`${String(94 - ((row * 29) % 46))}%`} height={12} />
      ))}
    </div>
  );
}

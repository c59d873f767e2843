import { Bone } from '@/design/Skeletons';
import { t } from '@/lib/i18n';
import classes from './Thread.module.css';

const WIDTHS = [220, 300, 180, 340, 260, 140, 310, 200];

export const ThreadSkeleton = () => (
  <div className={classes.skeleton} role="status" aria-label={t('common.loading')}>
    {WIDTHS.map((width) => <Bone key={width} width={width} height={34} radius={12} />)}
  </div>
);

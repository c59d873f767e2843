import { plural, t } from '@/lib/i18n';
import { useEditor } from '../../graph/context';
import classes from './Card.module.css';

interface PassedProps {
  id: string;
}

/** On a published flow: how many came here, and how many went no further. */
export function Passed({ id }: PassedProps) {
  const counts = useEditor((state) => state.counts?.nodes[id]);
  const live = useEditor((state) => state.counts !== null);
  if (!live) return null;
  const { visits, left } = counts ?? { visits: 0, left: 0 };
  const share = visits > 0 ? Math.round((left / visits) * 100) : 0;
  return (
    <div className={classes.passed} data-none={visits === 0 || undefined}>
      <span>{plural('flows.live.visits', visits)}</span>
      {left > 0 ? <span className={classes.left} data-many={share >= 30 || undefined}>{t('flows.live.left', { count: left.toLocaleString('en-IN'), share })}</span> : null}
    </div>
  );
}

import { problemOf } from '@/api/errors';
import { t } from '@/lib/i18n';
import { Button } from './Button';
import classes from './EmptyState.module.css';
import { IconAlertTriangle, IconCloudOff, IconRefresh } from './icons';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/** What happened, what it means, what to do now: the box's own words. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const problem = problemOf(error);
  const Icon = problem.code === 'offline' ? IconCloudOff : IconAlertTriangle;
  return (
    <div className={classes.empty} role="alert">
      <span className={classes.icon} data-tone="bad" aria-hidden><Icon size={22} stroke={1.6} /></span>
      <p className={classes.title}>{problem.message}</p>
      {problem.help ? <div className={classes.help}>{problem.help}</div> : null}
      {problem.reference ? <span className={classes.reference}>{t('common.reference', { reference: problem.reference })}</span> : null}
      {onRetry ? (
        <div className={classes.action}>
          <Button kind="quiet" leftSection={<IconRefresh size={14} />} onClick={onRetry}>{t('common.tryAgain')}</Button>
        </div>
      ) : null}
    </div>
  );
}

import { Link, type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ApiError } from '@/api/errors';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { ErrorState } from '@/design/ErrorState';
import { IconAlertTriangle, IconHelp } from '@/design/icons';
import { t } from '@/lib/i18n';
import classes from './PageStates.module.css';

/** A refusal of the box speaks for itself; anything else is a mistake of ours, and nothing sent is lost by it. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const handleRetry = () => {
    reset();
    void router.invalidate();
  };
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={handleRetry} />;
  return (
    <EmptyState
      icon={<IconAlertTriangle size={22} stroke={1.6} />}
      title={t('common.errors.crashed')}
      help={t('common.errors.crashedHelp')}
      action={<Button onClick={() => { window.location.reload(); }}>{t('common.reload')}</Button>}
    />
  );
}

export const NotFound = () => (
  <EmptyState icon={<IconHelp size={22} stroke={1.6} />} title={t('common.errors.notFound')} help={t('common.errors.notFoundHelp')} action={<Link to="/inbox">{t('common.errors.backToInbox')}</Link>} />
);

export const Starting = () => (
  <div className={classes.starting} role="status">
    <img src="/icon.svg" alt="" width={40} height={40} />
    <span className="hidden-text">{t('shell.starting')}</span>
  </div>
);

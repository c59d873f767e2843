import { Link } from '@tanstack/react-router';
import { Door } from '@/design/Door';
import { t } from '@/lib/i18n';
import classes from './Setup.module.css';

const SERVE = '$ wablast-box serve';

interface ClosedProps {
  why: 'locked' | 'linkOver' | 'owned';
}

/** The set-up cannot go on in this window: says why, and what opens it. */
export function Closed({ why }: ClosedProps) {
  if (why === 'owned') {
    return (
      <Door title={t('setup.owned.title')} help={t('setup.owned.help')} foot={<Link to="/signin" search={{ next: '/setup' }}>{t('setup.owned.signIn')}</Link>} />
    );
  }
  const foot = <Link to="/signin">{t('setup.locked.signIn')}</Link>;
  if (why === 'linkOver') {
    return <Door title={t('setup.linkOver.title')} help={t('setup.linkOver.help')} foot={foot} />;
  }
  return (
    <Door title={t('setup.locked.title')} help={<p>{t('setup.locked.help')}</p>} foot={foot}>
      <pre className={classes.terminal} aria-label={t('setup.locked.example', { origin: window.location.origin })}>
        <span aria-hidden>{SERVE}</span>
        <span>{t('setup.locked.example', { origin: window.location.origin })}</span>
      </pre>
      <p className={classes.quiet}>{t('setup.locked.where')}</p>
    </Door>
  );
}

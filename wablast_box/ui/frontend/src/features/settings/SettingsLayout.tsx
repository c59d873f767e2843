import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useSession } from '@/api/session';
import { EmptyState } from '@/design/EmptyState';
import { IconArrowLeft, IconLock } from '@/design/icons';
import { t } from '@/lib/i18n';
import { isForbidden } from './nav';
import { SettingsNav } from './SettingsNav';
import classes from './Settings.module.css';

/** The menu beside the page; on a phone first the menu, then the page with a way back. */
export function SettingsLayout() {
  const { user } = useSession();
  const { pathname } = useLocation();
  const permissions = user?.permissions ?? [];
  const isMenu = /^\/settings\/?$/.test(pathname);
  return (
    <div className={classes.layout} data-menu={isMenu ? true : undefined}>
      <SettingsNav permissions={permissions} />
      <div className={classes.content}>
        <Link to="/settings" className={classes.back}><IconArrowLeft size={16} aria-hidden />{t('settings.nav.back')}</Link>
        <div className={classes.page}>{isForbidden(pathname, permissions) ? <Forbidden /> : <Outlet />}</div>
      </div>
    </div>
  );
}

const Forbidden = () => (
  <EmptyState icon={<IconLock size={22} stroke={1.6} />} title={t('common.errors.denied')} help={t('common.errors.deniedHelp')} />
);

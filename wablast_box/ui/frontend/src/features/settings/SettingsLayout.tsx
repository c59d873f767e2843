import { Link, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '@/api/session';
import { EmptyState } from '@/design/EmptyState';
import { IconArrowLeft, IconLock } from '@/design/icons';
import { t } from '@/lib/i18n';
import { isForbidden, pagesFor } from './nav';
import { SettingsNav } from './SettingsNav';
import classes from './Settings.module.css';

/** The menu beside the page; on a phone first the menu, then the page with a way back. */
export function SettingsLayout() {
  const { user } = useSession();
  const { pathname } = useLocation();
  const permissions = user?.permissions ?? [];
  usePagesAtHand(permissions);
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

/** The pages are small; fetched once, they open at once, also when the box is out of reach by then. */
function usePagesAtHand(permissions: readonly string[]): void {
  const router = useRouter();
  const allowed = permissions.join();
  useEffect(() => {
    for (const { to } of pagesFor(allowed.split(','))) void router.preloadRoute({ to });
  }, [router, allowed]);
}

const Forbidden = () => (
  <EmptyState icon={<IconLock size={22} stroke={1.6} />} title={t('common.errors.denied')} help={t('common.errors.deniedHelp')} />
);

import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useSession } from '@/api/session';
import { t } from '@/lib/i18n';
import { useRegistry } from '@/lib/commands';
import { usePanel } from '@/features/search/panel';
import { useSearchCommands } from '@/features/search/useSearchCommands';
import { useLine, connect } from '@/live/socket';
import { Alarms } from './Alarms';
import { useBadge } from './alerts/useBadge';
import { useShellCommands } from './useShellCommands';
import { phoneAddress, usePhone } from './phone';
import { PretendPhone } from './PretendPhone';
import { Rail } from './Rail';
import { StatusBar } from './StatusBar';
import { TitleBar } from './TitleBar';
import { useShortcuts } from './useShortcuts';
import { useUnread } from './useUnread';
import classes from './Shell.module.css';

const CommandBar = lazy(() => import('./CommandBar').then((module) => ({ default: module.CommandBar })));
const SearchPanel = lazy(() => import('@/features/search/SearchPanel').then((module) => ({ default: module.SearchPanel })));
const Background = lazy(() => import('./Background').then((module) => ({ default: module.Background })));
const KeysHelp = lazy(() => import('./KeysHelp').then((module) => ({ default: module.KeysHelp })));

/** The frame around every page: rail, title, page, pretend phone, status. */
export function Shell() {
  const { demo, business } = useSession();
  const { open } = usePhone();
  const unread = useUnread();
  const barOpen = useRegistry((state) => state.barOpen);
  const helpOpen = useRegistry((state) => state.helpOpen);
  const searchOpen = usePanel((state) => state.open);
  useShortcuts();
  useShellCommands();
  useSearchCommands();
  useEffect(() => { void connect(); }, []);
  useBadge(unread);
  const phone = demo && open ? phoneAddress(demo.phone_url, business?.time_zone) : null;
  return (
    <div className={classes.frame} data-phone={phone ? true : undefined}>
      <a className={classes.skip} href="#page">{t('shell.skip')}</a>
      <Rail unread={unread} />
      <TitleBar />
      <main id="page" className={classes.page} tabIndex={-1}>
        <Alarms />
        <Away />
        <div className={classes.room}><Outlet /></div>
      </main>
      {phone ? <PretendPhone url={phone} /> : null}
      <StatusBar />
      <Suspense><Background /></Suspense>
      <Suspense>
        {barOpen ? <CommandBar /> : null}
        {searchOpen ? <SearchPanel /> : null}
        {helpOpen ? <KeysHelp /> : null}
      </Suspense>
    </div>
  );
}

/** On a phone there is no status bar: a lost line must still be seen. */
function Away() {
  const state = useLine((line) => line.state);
  if (state !== 'away') return null;
  return (
    <p className={classes.away} role="status">
      <strong>{t('shell.offline.title')}</strong> {t('shell.offline.help')}
    </p>
  );
}

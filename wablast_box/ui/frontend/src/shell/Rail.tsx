import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { may, useSession } from '@/api/session';
import { Avatar } from '@/design/Avatar';
import { IconAddressBook, IconInbox, IconLogout, IconRoute, IconSettings, IconTemplate } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { AwayItem } from '@/features/desk/AwayItem';
import { SchemeItems } from './SchemeItems';
import { useSignOut } from './useSignOut';
import classes from './Rail.module.css';

interface RailProps {
  unread: number;
}

export function Rail({ unread }: RailProps) {
  const session = useSession();
  return (
    <nav className={classes.rail} aria-label={t('shell.nav.label')}>
      <img className={classes.mark} src="/icon.svg" alt="" width={30} height={30} />
      <RailLink to="/inbox" label={t('shell.nav.inbox')} icon={<IconInbox size={20} stroke={1.6} />} badge={unread} />
      {may(session, 'flows.read') ? <RailLink to="/flows" label={t('shell.nav.flows')} icon={<IconRoute size={20} stroke={1.6} />} /> : null}
      <RailLink to="/contacts" label={t('contacts.nav')} icon={<IconAddressBook size={20} stroke={1.6} />} />
      <RailLink to="/templates" label={t('templates.nav')} icon={<IconTemplate size={20} stroke={1.6} />} />
      <span className={classes.gap} />
      <RailLink to="/settings" label={t('shell.nav.settings')} icon={<IconSettings size={20} stroke={1.6} />} />
      <AccountMenu />
    </nav>
  );
}

interface RailLinkProps {
  to: '/inbox' | '/contacts' | '/flows' | '/settings' | '/templates';
  label: string;
  icon: ReactNode;
  badge?: number;
}

function RailLink({ to, label, icon, badge = 0 }: RailLinkProps) {
  return (
    <Link to={to} className={classes.item}>
      {icon}
      <span className={classes.label}>{label}</span>
      {badge > 0 ? (
        <span className={classes.badge}>
          <span aria-hidden>{badge > 99 ? '99+' : badge}</span>
          <span className="hidden-text">{plural('shell.unread', badge)}</span>
        </span>
      ) : null}
    </Link>
  );
}

function AccountMenu() {
  const { user } = useSession();
  const signOut = useSignOut();
  if (!user) return null;
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.account} aria-label={t('shell.account.menu', { name: user.name })}>
          <Avatar name={user.name} seed={user.id} size="sm" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong><bdi>{user.name}</bdi></strong>
          <span>{user.email}</span>
          <span>{t(`common.roles.${user.role}`)}</span>
        </div>
        <Menu.Divider />
        <AwayItem />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => { void signOut(); }}>{t('shell.account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

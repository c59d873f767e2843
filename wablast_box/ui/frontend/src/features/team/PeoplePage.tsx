import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '@/api/session';
import type { User } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Avatar } from '@/design/Avatar';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconPlus, IconShieldCheck } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { SkeletonPeople } from '@/design/Skeletons';
import { type Column, Table } from '@/design/Table';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { Invitations } from './people/Invitations';
import { InviteSheet } from './people/InviteSheet';
import { PersonSheet } from './PersonSheet';
import { usersQuery } from './queries';
import classes from './Team.module.css';

export function PeoplePage() {
  const users = useQuery(usersQuery);
  const me = useSession().user;
  const [adding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  if (!me) return null;
  const open = users.data?.find((user) => user.id === openId);
  return (
    <Page width="wide">
      <PageHeader
        title={t('team.people.title')}
        help={t('team.people.help')}
        actions={me.permissions.includes('users.write') ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setAdding(true); }}>{t('access.people.invite')}</Button> : null}
      />
      <Loaded query={users} skeleton={<SkeletonPeople rows={4} />}>
        {(people) => (
          <Table
            label={t('team.people.title')}
            columns={columns(me.id, setOpenId)}
            rows={people.toSorted(byActiveThenName)}
            rowKey={(user) => user.id}
            onRow={(user) => { setOpenId(user.id); }}
          />
        )}
      </Loaded>
      {me.permissions.includes('users.write') ? <Invitations /> : null}
      {adding ? <InviteSheet me={me} onClose={() => { setAdding(false); }} /> : null}
      {open ? <PersonSheet key={open.id} user={open} users={users.data ?? []} me={me} onClose={() => { setOpenId(null); }} /> : null}
    </Page>
  );
}

const byActiveThenName = (a: User, b: User): number =>
  Number(Boolean(a.disabled_at)) - Number(Boolean(b.disabled_at)) || a.name.localeCompare(b.name);

const columns = (myId: string, onOpen: (id: string) => void): Column<User>[] => [
  {
    key: 'name',
    title: t('team.people.name'),
    cell: (user) => (
      <span className={classes.person} data-off={user.disabled_at ? true : undefined}>
        <Avatar name={user.name} seed={user.id} />
        <span>
          <button type="button" className={classes.open} onClick={(event) => { event.stopPropagation(); onOpen(user.id); }}><bdi>{user.name}</bdi></button>
          <span className={classes.email}>{user.email}</span>
        </span>
        {user.id === myId ? <Badge tone="good">{t('team.people.you')}</Badge> : null}
        {user.disabled_at ? <Badge>{t('team.people.disabled')}</Badge> : null}
      </span>
    ),
  },
  { key: 'role', title: t('team.roles.label'), width: '120px', cell: (user) => user.role_name ?? t(`common.roles.${user.role}`) },
  { key: 'factor', title: t('access.people.factor'), width: '150px', minor: true, cell: factorOf },
  {
    key: 'seen',
    title: t('team.people.lastSeen'),
    width: '190px',
    minor: true,
    cell: (user) => (user.last_seen_at ? <Ago at={user.last_seen_at} /> : <span className={classes.quiet}>{t('team.people.invited')}</span>),
  },
];

function factorOf(user: User) {
  if (user.has_second_factor) return <IconShieldCheck size={17} stroke={1.7} className={classes.safe} role="img" aria-label={t('access.people.factor')} />;
  if (user.second_factor_due_at) return <Badge tone="warn">{t('access.people.factorDue', { when: dateOf(user.second_factor_due_at) })}</Badge>;
  return <span className={classes.quiet}>{t('access.people.factorNone')}</span>;
}

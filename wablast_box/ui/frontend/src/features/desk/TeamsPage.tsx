import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { Team } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconPlus, IconUsersGroup } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { plural, t } from '@/lib/i18n';
import { AttendancePanel } from './AttendancePanel';
import { teamsQuery } from './queries';
import { TeamSheet } from './TeamSheet';
import classes from './Desk.module.css';

/** Teams, their people and their way, and who is there now. */
export function TeamsPage() {
  const teams = useQuery(teamsQuery);
  const mayWrite = useMay('desk.write');
  const [open, setOpen] = useState<Team | 'new' | null>(null);
  const create = mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('desk.teams.create')}</Button> : null;
  return (
    <Page width="wide">
      <PageHeader title={t('desk.teams.title')} help={t('desk.teams.help')} actions={teams.data?.length ? create : null} />
      <Loaded query={teams}>
        {(all) => (
          <Table
            label={t('desk.teams.title')}
            columns={columns(mayWrite ? setOpen : null)}
            rows={all}
            rowKey={(team) => team.id}
            empty={<EmptyState icon={<IconUsersGroup size={22} stroke={1.6} />} title={t('desk.teams.none')} help={t('desk.teams.noneHelp')} action={create} />}
          />
        )}
      </Loaded>
      <div className={classes.below}><Panel title={t('desk.attendance.title')} help={t('desk.attendance.help')}><AttendancePanel mayWrite={mayWrite} /></Panel></div>
      {open ? <TeamSheet key={open === 'new' ? 'new' : open.id} team={open === 'new' ? null : open} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

const columns = (onOpen: ((team: Team) => void) | null): Column<Team>[] => [
  {
    key: 'name',
    title: t('desk.teams.name'),
    width: '190px',
    cell: (team) => (onOpen ? <button type="button" className={classes.opener} onClick={() => { onOpen(team); }}><bdi>{team.name}</bdi></button> : <bdi>{team.name}</bdi>),
  },
  { key: 'members', title: t('desk.teams.members'), cell: (team) => <span className={classes.people}>{team.members.length === 0 ? plural('desk.teams.people', 0) : <bdi>{team.members.map((one) => one.name).join(', ')}</bdi>}</span> },
  { key: 'routing', title: t('desk.teams.routing'), width: '250px', minor: true, cell: (team) => t(team.routing === null ? 'desk.teams.asBox' : `desk.teams.${team.routing}`) },
];

import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Template, TemplateList } from '@/api/types';
import { EmptyState } from '@/design/EmptyState';
import { TextField } from '@/design/Field';
import { IconExternalLink, IconSearch, IconTemplate } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { found, templatesQuery } from '../inbox/templates/queries';
import { SyncState } from '../inbox/templates/SyncState';
import { COLUMNS } from './columns';
import { TemplateSheet } from './TemplateSheet';
import classes from './Templates.module.css';

/** Where templates are written until they can be written here. */
const MANAGER = 'https://business.facebook.com/wa/manage/message-templates/';
const route = getRouteApi('/inside/templates');

/** What Meta approved, what it refused and why. */
export function TemplatesPage() {
  const templates = useQuery(templatesQuery);
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: string | undefined) => { void navigate({ search: { id: next }, replace: id !== undefined && next !== undefined }); };
  return (
    <Page width="wide">
      <PageHeader title={t('templates.title')} help={t('templates.help')} actions={<><SyncState sync={templates.data?.sync} /><a className={classes.manager} href={MANAGER} target="_blank" rel="noopener noreferrer">{t('templates.page.manager')} <IconExternalLink size={13} aria-hidden /></a></>} />
      <Loaded query={templates}>{(data) => <Body data={data} onOpen={open} />}</Loaded>
      {id ? <TemplateSheet key={id} id={id} onOther={open} onClose={() => { open(undefined); }} /> : null}
    </Page>
  );
}

const GROUPS = ['all', 'ready', 'waiting', 'stopped'] as const;
type Group = (typeof GROUPS)[number];

const groupOf = ({ status }: Template): Group => (status === 'approved' ? 'ready' : status === 'pending' || status === 'in_appeal' ? 'waiting' : 'stopped');

interface BodyProps {
  data: Pick<TemplateList, 'items' | 'sync'>;
  onOpen: (id: string) => void;
}

function Body({ data: { items, sync }, onOpen }: BodyProps) {
  const [q, setQ] = useState('');
  const [group, setGroup] = useState<Group>('all');
  const shown = useMemo(() => found(items, q).filter((one) => group === 'all' || groupOf(one) === group), [group, items, q]);
  const count = (one: Group): number => items.filter((template) => one === 'all' || groupOf(template) === one).length;
  const icon = <IconTemplate size={22} stroke={1.6} />;
  return (
    <>
      {sync.trouble ? <Notice tone="warn" title={t('templates.sync.trouble')}>{sync.trouble}</Notice> : null}
      {items.length === 0 ? <EmptyState icon={icon} title={t('templates.none.title')} help={t('templates.none.help')} /> : (
        <>
          <div className={classes.tools}>
            <SegmentedControl aria-label={t('templates.page.filter')} value={group} data={GROUPS.map((value) => ({ value, label: t('templates.page.counted', { name: t(`templates.page.${value}`), count: count(value) }) }))} onChange={(value) => { setGroup(GROUPS.find((one) => one === value) ?? 'all'); }} />
            <TextField className={classes.search} leftSection={<IconSearch size={14} aria-hidden />} aria-label={t('templates.page.search')} placeholder={t('templates.page.search')} value={q} onChange={(event) => { setQ(event.currentTarget.value); }} />
          </div>
          <Table label={t('templates.title')} columns={COLUMNS(onOpen)} rows={shown} rowKey={(row) => row.id} onRow={(row) => { onOpen(row.id); }} empty={<EmptyState icon={icon} title={t('templates.page.nothing')} help={t('templates.page.nothingHelp')} />} />
        </>
      )}
    </>
  );
}

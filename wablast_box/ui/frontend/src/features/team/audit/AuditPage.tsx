import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '@/api/client';
import type { AuditEntry } from '@/api/types';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconHistory } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { AuditCheck } from './AuditCheck';
import { AuditFilters } from './AuditFilters';
import { EntrySheet } from './EntrySheet';
import { type AuditSearch, endOf, isFiltered, startOf } from './filters';
import classes from './Audit.module.css';

const route = getRouteApi('/inside/settings/audit');

export const facetsQuery = queryOptions({ queryKey: ['audit', 'facets'], queryFn: () => answer(api.GET('/api/v1/audit/facets')), staleTime: 30_000 });

function useEntries(search: AuditSearch) {
  const { kind = '', actor = '', result = '', from, to } = search;
  return useInfiniteQuery({
    queryKey: ['audit', 'entries', search],
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/audit', { params: { query: { kind, actor, result, since: startOf(from), until: endOf(to), limit: 100, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 5_000,
  });
}

/** Who did what, newest first. */
export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const facets = useQuery(facetsQuery);
  const entries = useEntries(search);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const narrow = (part: AuditSearch) => { void navigate({ search: { ...search, ...part }, replace: true }); };
  const clear = () => { void navigate({ search: {}, replace: true }); };
  return (
    <Page width="wide">
      <PageHeader title={t('access.audit.title')} help={t('access.audit.help')} actions={<AuditCheck />} />
      <AuditFilters search={search} facets={facets.data} onChange={narrow} onClear={clear} />
      <Loaded query={entries}>
        {({ pages }) => (
          <>
            <Table
              label={t('access.audit.title')}
              columns={columns(setOpen)}
              rows={pages.flatMap((page) => page.items)}
              rowKey={(entry) => entry.id}
              onRow={setOpen}
              empty={<EmptyState icon={<IconHistory size={22} stroke={1.6} />} title={isFiltered(search) ? t('access.audit.noneFiltered') : t('access.audit.none')} help={isFiltered(search) ? null : t('access.audit.noneHelp')} action={isFiltered(search) ? <Button kind="quiet" onClick={clear}>{t('access.audit.clear')}</Button> : null} />}
            />
            {entries.hasNextPage ? <div className={classes.more}><Button kind="quiet" loading={entries.isFetchingNextPage} onClick={() => { void entries.fetchNextPage(); }}>{t('access.audit.older')}</Button></div> : null}
          </>
        )}
      </Loaded>
      {open ? <EntrySheet entry={open} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

export function nameOf(entry: AuditEntry): string {
  if (entry.actor === 'system') return t('access.audit.system');
  return entry.actor === 'nobody' ? t('access.audit.nobody') : entry.actor_name;
}

const columns = (onOpen: (entry: AuditEntry) => void): Column<AuditEntry>[] => [
  { key: 'when', title: t('access.audit.when'), width: '180px', minor: true, cell: (entry) => <time className={classes.when} dateTime={entry.at}>{stampOf(entry.at)}</time> },
  { key: 'who', title: t('access.audit.who'), width: '170px', minor: true, cell: (entry) => <bdi className={entry.actor === 'nobody' ? classes.quiet : undefined}>{nameOf(entry)}</bdi> },
  {
    key: 'what',
    title: t('access.audit.what'),
    cell: (entry) => (
      <span className={classes.what}>
        <button type="button" onClick={(event) => { event.stopPropagation(); onOpen(entry); }}>{entry.title}</button>
        {entry.result === 'done' ? null : <Badge tone="warn">{t(`access.audit.results.${entry.result}`)}</Badge>}
        <span>{aboutOf(entry)}</span>
        <small className={classes.narrow}><bdi>{nameOf(entry)}</bdi> · {stampOf(entry.at)}</small>
      </span>
    ),
  },
  { key: 'where', title: t('access.audit.where'), width: '140px', minor: true, cell: (entry) => <span className={classes.address}>{entry.address}</span> },
];

/** To whom or what, and which fields: on one line. */
const aboutOf = (entry: AuditEntry): string =>
  [entry.subject === entry.actor ? null : entry.subject_name ?? (entry.action === 'access.refused' ? entry.subject : null), entry.fields.join(', ')].filter(Boolean).join(': ');

import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconButton } from '@/design/IconButton';
import { IconRefresh, IconWebhook } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { SkeletonLines } from '@/design/Skeletons';
import { Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { STATES, type WebhookState, webhooksQuery } from './queries';
import { useRowKeys } from './useRowKeys';
import { columns } from './webhook-columns';
import { WebhookSheet } from './WebhookSheet';
import classes from './Ops.module.css';

const route = getRouteApi('/inside/settings/webhooks');

export function WebhooksPage() {
  const { state, event } = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(webhooksQuery(state));
  const rows = useRowKeys(query.refetch);
  const open = (id: string | undefined) => { void navigate({ to: '/settings/webhooks', search: { state, event: id }, replace: true }); };
  const show = (next: WebhookState | undefined) => { void navigate({ to: '/settings/webhooks', search: { state: next }, replace: true }); };
  return (
    <Page width="wide">
      <PageHeader
        title={t('ops.webhooks.title')}
        help={t('ops.webhooks.help')}
        actions={<IconButton label={t('common.refresh')} onClick={() => { void query.refetch(); }}><IconRefresh size={17} stroke={1.7} /></IconButton>}
      />
      <StateFilter state={state} onChange={show} />
      <Loaded query={query} skeleton={<SkeletonLines rows={10} />}>
        {({ pages }) => (
          <div ref={rows}>
            <Table
              label={t('ops.webhooks.title')}
              columns={columns(open)}
              rows={pages.flatMap((page) => page.items)}
              rowKey={(row) => row.id}
              onRow={(row) => { open(row.id); }}
              empty={<Empty state={state} />}
            />
            <Older pages={pages.length} hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => { void query.fetchNextPage(); }} />
          </div>
        )}
      </Loaded>
      {event ? <WebhookSheet key={event} id={event} onClose={() => { open(undefined); }} /> : null}
    </Page>
  );
}

interface StateFilterProps {
  state: WebhookState | undefined;
  onChange: (state: WebhookState | undefined) => void;
}

function StateFilter({ state, onChange }: StateFilterProps) {
  return (
    <div className={classes.filter}>
      <SegmentedControl
        aria-label={t('ops.webhooks.filter')}
        value={state ?? 'all'}
        data={[{ value: 'all', label: t('ops.webhooks.all') }, ...STATES.map((value) => ({ value, label: t(`ops.webhooks.states.${value}`) }))]}
        onChange={(value) => { onChange(STATES.find((one) => one === value)); }}
      />
    </div>
  );
}

interface EmptyProps {
  state: WebhookState | undefined;
}

function Empty({ state }: EmptyProps) {
  const icon = <IconWebhook size={22} stroke={1.6} />;
  if (state === 'failed') return <EmptyState icon={icon} title={t('ops.webhooks.emptyFailed')} help={t('ops.webhooks.emptyFailedHelp')} />;
  if (state) return <EmptyState icon={icon} title={t('ops.webhooks.emptyState')} />;
  return <EmptyState icon={icon} title={t('ops.webhooks.empty')} help={t('ops.webhooks.emptyHelp')} />;
}

interface OlderProps {
  pages: number;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
}

function Older({ pages, hasMore, busy, onMore }: OlderProps) {
  if (hasMore) return <div className={classes.older}><Button kind="quiet" loading={busy} onClick={onMore}>{t('ops.webhooks.older')}</Button></div>;
  return pages > 1 ? <p className={classes.oldest}>{t('ops.webhooks.oldest')}</p> : null;
}

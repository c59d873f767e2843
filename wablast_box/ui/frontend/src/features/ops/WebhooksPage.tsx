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
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { isNarrowed, type WebhooksSearch } from './address';
import { webhooksQuery } from './queries';
import { ReplayAll } from './ReplayAll';
import { useRowKeys } from './useRowKeys';
import { columns } from './webhook-columns';
import { WebhookFilters } from './WebhookFilters';
import { WebhookSheet } from './WebhookSheet';
import classes from './Ops.module.css';

const route = getRouteApi('/inside/settings/webhooks');

export function WebhooksPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(webhooksQuery(search));
  const rows = useRowKeys(query.refetch);
  const narrow = (part: WebhooksSearch) => { void navigate({ to: '/settings/webhooks', search: { ...search, ...part }, replace: true }); };
  const open = (event: string | undefined) => { narrow({ event }); };
  const back = query.data?.pages.at(-1)?.looked_back_to ?? null;
  return (
    <Page width="wide">
      <PageHeader
        title={t('ops.webhooks.title')}
        help={t('ops.webhooks.help')}
        actions={(
          <>
            {search.state === 'failed' && query.data?.pages[0]?.items.length ? <ReplayAll /> : null}
            <IconButton label={t('common.refresh')} onClick={() => { void query.refetch(); }}><IconRefresh size={17} stroke={1.7} /></IconButton>
          </>
        )}
      />
      <WebhookFilters search={search} onChange={narrow} />
      <Loaded query={query} skeleton={<SkeletonLines rows={10} />}>
        {({ pages }) => (
          <div ref={rows}>
            <Table
              label={t('ops.webhooks.title')}
              columns={columns(open)}
              rows={pages.flatMap((page) => page.items)}
              rowKey={(row) => row.id}
              onRow={(row) => { open(row.id); }}
              empty={back === null ? <Empty search={search} /> : <span />}
            />
            <Older pages={pages.length} back={back} hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => { void query.fetchNextPage(); }} />
          </div>
        )}
      </Loaded>
      {search.event ? <WebhookSheet key={search.event} id={search.event} onClose={() => { open(undefined); }} /> : null}
    </Page>
  );
}

interface EmptyProps {
  search: WebhooksSearch;
}

function Empty({ search }: EmptyProps) {
  const { state } = search;
  const icon = <IconWebhook size={22} stroke={1.6} />;
  if (isNarrowed(search)) return <EmptyState icon={icon} title={t('ops.webhooks.nothing')} help={t('ops.webhooks.nothingHelp')} />;
  if (state === 'failed') return <EmptyState icon={icon} title={t('ops.webhooks.emptyFailed')} help={t('ops.webhooks.emptyFailedHelp')} />;
  if (state) return <EmptyState icon={icon} title={t('ops.webhooks.emptyState')} />;
  return <EmptyState icon={icon} title={t('ops.webhooks.empty')} help={t('ops.webhooks.emptyHelp')} />;
}

interface OlderProps {
  pages: number;
  /** A search that takes long stopped here for now. */
  back: string | null;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
}

function Older({ pages, back, hasMore, busy, onMore }: OlderProps) {
  if (back !== null) {
    return (
      <div className={classes.older}>
        <p className={classes.oldest}>{t('ops.webhooks.lookedBack', { when: stampOf(back) })}</p>
        <Button kind="quiet" loading={busy} onClick={onMore}>{t('ops.webhooks.lookFurther')}</Button>
      </div>
    );
  }
  if (hasMore) return <div className={classes.older}><Button kind="quiet" loading={busy} onClick={onMore}>{t('ops.webhooks.older')}</Button></div>;
  return pages > 1 ? <p className={classes.oldest}>{t('ops.webhooks.oldest')}</p> : null;
}

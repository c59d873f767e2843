import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { EmptyState } from '@/design/EmptyState';
import { ErrorState } from '@/design/ErrorState';
import { IconInbox } from '@/design/icons';
import { SkeletonPeople } from '@/design/Skeletons';
import { plural, t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import type { Filter } from '../address';
import { conversationsQuery } from '../queries';
import { useSteadyOrder } from '../useSteadyOrder';
import { ConversationRow } from './ConversationRow';
import { ListHead } from './ListHead';
import { ListHints } from './ListHints';
import { useListKeys } from './useListKeys';
import { usePrefetch } from './usePrefetch';
import classes from './List.module.css';

const ROW = 64;

interface ConversationListProps {
  filter: Filter;
  active: string | undefined;
}

export function ConversationList({ filter, active }: ConversationListProps) {
  const [q, setQ] = useState('');
  const [held, setHeld] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const query = useInfiniteQuery(conversationsQuery(filter, q));
  const live = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { rows, fresh, refresh } = useSteadyOrder(live, held, `${filter} ${q}`);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 6, getItemKey: (at) => rows[at]?.id ?? at,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - 10) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage, last, rows.length]);
  const at = rows.findIndex((row) => row.id === active);
  usePrefetch(rows, at);
  useListKeys(rows, at, (index) => { virtual.scrollToIndex(index, { align: 'auto' }); });
  const handleRefresh = () => {
    refresh();
    virtual.scrollToOffset(0);
  };
  // A list that is scrolled down is being read: it holds still as under the pointer.
  const handleScroll = () => { if ((scroller.current?.scrollTop ?? 0) > ROW) setHeld(true); };
  return (
    <section className={classes.list} aria-label={t('inbox.list.label')} onPointerEnter={() => { setHeld(true); }} onPointerLeave={() => { setHeld((scroller.current?.scrollTop ?? 0) > ROW); }}>
      <ListHead filter={filter} q={q} onSearch={setQ} />
      <div className={classes.holder}>
        {fresh > 0 ? <button type="button" className={classes.pill} onClick={handleRefresh} title={t('inbox.list.refresh')}>{plural('inbox.list.fresh', fresh)}</button> : null}
        <div ref={scroller} className={classes.scroll} onScroll={handleScroll}>
          {query.isPending ? <SkeletonPeople rows={12} /> : null}
          {query.isError && rows.length === 0 ? <ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /> : null}
          {query.isSuccess && rows.length === 0 ? <Empty filter={filter} q={q} /> : null}
          <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const conversation = rows[item.index];
              return conversation ? (
                <li key={item.key} className={classes.item} style={{ transform: `translateY(${String(item.start)}px)` }}>
                  <ConversationRow conversation={conversation} active={conversation.id === active} now={now} filter={filter} />
                </li>
              ) : null;
            })}
          </ul>
        </div>
      </div>
      <ListHints />
    </section>
  );
}

interface EmptyProps {
  filter: Filter;
  q: string;
}

function Empty({ filter, q }: EmptyProps) {
  const icon = <IconInbox size={22} stroke={1.6} />;
  if (q) return <EmptyState icon={icon} title={t('inbox.list.empty.search', { q })} help={t('inbox.list.empty.searchHelp')} />;
  return <EmptyState icon={icon} title={t(`inbox.list.empty.${filter}`)} help={t(`inbox.list.empty.${filter}Help`)} />;
}

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { problemOf } from '@/api/errors';
import { ErrorState } from '@/design/ErrorState';
import { SkeletonPeople } from '@/design/Skeletons';
import { plural, t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import type { View } from '../address';
import { ConversationRow } from './ConversationRow';
import { EmptyList } from './EmptyList';
import { ListHead } from './ListHead';
import { ListHints } from './ListHints';
import { usePicker } from './pickers';
import { useKnown } from './queries';
import { clearSelection, extend, keepOnly, useSelection } from './selection';
import { useListKeys } from './useListKeys';
import { usePrefetch } from './usePrefetch';
import { useHold, useRows } from './useRows';
import { joined, wordsOf } from './views';
import classes from './List.module.css';

const loadBulkBar = () => import('./BulkBar');
const loadPickers = () => import('./Pickers');
const BulkBar = lazy(() => loadBulkBar().then((module) => ({ default: module.BulkBar })));
const Pickers = lazy(() => loadPickers().then((module) => ({ default: module.Pickers })));

/** What the first key may ask for is fetched when the list has painted. */
export const loadLater = (): Promise<unknown> => Promise.all([loadBulkBar(), loadPickers()]);

const ROW = 64;
const AHEAD = 40;

interface ConversationListProps {
  view: View;
  q: string;
  active: string | undefined;
  beside: boolean;
  onBeside: (() => void) | undefined;
}

export const ConversationList = memo(function ConversationList({ view, q, active, beside, onBeside }: ConversationListProps) {
  const navigate = useNavigate();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = wordsOf(view, useKnown());
  const words = wanted === undefined ? undefined : joined(wanted, q);
  const marked = useSelection((state) => state.ids);
  const asking = usePicker((state) => state.asked !== null);
  const { held, setHold } = useHold(active, marked.size > 0);
  const { query, rows, fresh, refresh } = useRows(words, view, q, held, active);
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  // The same function as long as the order is: with another one every row would be placed anew at each step.
  const keyOf = useCallback((index: number) => order[index] ?? index, [order]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8, getItemKey: keyOf });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && last >= rows.length - AHEAD) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isError, isFetchingNextPage, last, rows.length]);
  useEffect(() => { clearSelection(); }, [view, q]);
  useEffect(() => { keepOnly(new Set(order)); }, [order]);
  const at = active === undefined ? -1 : order.indexOf(active);
  // The head only keeps the conversation open in its links: that may come a frame later.
  const settled = useDeferredValue(active);
  usePrefetch(rows, at, query.dataUpdatedAt);
  // Asked only when it moves something: the list would be measured for nothing at each step.
  const show = useCallback((index: number) => { if (!isInSight(virtual, index)) virtual.scrollToIndex(index, { align: 'auto' }); }, [virtual]);
  const { targets } = useListKeys(rows, at, show);
  const handleRange = useCallback((id: string) => { extend(order, id); }, [order]);
  const handleFilter = useCallback((next: string) => { void navigate({ to: '/inbox', search: (before) => ({ ...before, q: next || undefined }), replace: true }); }, [navigate]);
  const handleRefresh = () => {
    refresh();
    virtual.scrollToOffset(0);
  };
  const isMisread = isError && problemOf(query.error).code === 'invalid_filter';
  return (
    <section
      className={classes.list}
      aria-label={t('inbox.list.label')}
      onPointerEnter={() => { setHold((before) => ({ ...before, pointer: true })); }}
      onPointerLeave={() => { setHold((before) => ({ ...before, pointer: false })); }}
      onFocus={() => { setHold((before) => ({ ...before, focus: true })); }}
      onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setHold((before) => ({ ...before, focus: false })); }}
    >
      {marked.size > 0
        ? <Suspense fallback={<header className={classes.bulk} />}><BulkBar targets={targets} order={order} /></Suspense>
        : <ListHead view={view} active={settled} words={words ?? ''} q={q} order={order} beside={beside} error={isError ? query.error : null} onBeside={onBeside} onFilter={handleFilter} />}
      <div className={classes.holder}>
        {fresh > 0 ? <button type="button" className={classes.pill} onClick={handleRefresh} title={t('inbox.list.refresh')}>{plural('inbox.list.fresh', fresh)}</button> : null}
        <div ref={scroller} className={classes.scroll} onScroll={(event) => { const scrolled = event.currentTarget.scrollTop > ROW; setHold((before) => (before.scrolled === scrolled ? before : { ...before, scrolled })); }}>
          {query.isPending && words !== undefined ? <SkeletonPeople rows={12} /> : null}
          {isError && !isMisread && rows.length === 0 ? <ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /> : null}
          {(query.isSuccess || words === undefined) && rows.length === 0 ? <EmptyList view={view} q={q} gone={words === undefined} /> : null}
          <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const conversation = rows[item.index];
              return conversation ? (
                <li key={item.key} className={classes.item} style={{ transform: `translateY(${String(item.start)}px)` }}>
                  <ConversationRow conversation={conversation} active={conversation.id === active} selected={marked.has(conversation.id)} now={now} view={view} q={q} onRange={handleRange} />
                </li>
              ) : null;
            })}
          </ul>
        </div>
      </div>
      <ListHints />
      {asking ? <Suspense><Pickers /></Suspense> : null}
    </section>
  );
});

function isInSight({ scrollOffset, scrollRect }: Virtualizer<HTMLDivElement, Element>, index: number): boolean {
  return scrollRect !== null && scrollOffset !== null && index * ROW >= scrollOffset && (index + 1) * ROW <= scrollOffset + scrollRect.height;
}

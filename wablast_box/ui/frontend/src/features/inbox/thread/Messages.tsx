import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { IconArrowDown } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { previewOf } from '../preview';
import type { Row } from '../rows';
import { Line } from './Line';
import classes from './Thread.module.css';

export interface MessagesHandle {
  toEnd: () => void;
  jump: (messageId: string) => void;
}

interface MessagesProps {
  ref: Ref<MessagesHandle>;
  rows: Row[];
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  customer: string;
}

const SIZES: Record<Row['kind'], number> = { day: 38, new: 26, notice: 30, message: 54 };
const AT_END = 80;
const NEAR_TOP = 12;

function toFoot(node: HTMLElement | null): void {
  if (node) node.scrollTop = node.scrollHeight;
}

/** The rows of a thread: newest at the foot, sticking there unless scrolled up, earlier pages coming in above. */
export function Messages({ ref, rows, query, customer }: MessagesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<string | undefined>(undefined);
  const [away, setAway] = useState(false);
  const [flash, setFlash] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => SIZES[rows[at]?.kind ?? 'message'],
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 10, anchorTo: 'end', followOnAppend: true, scrollEndThreshold: AT_END, paddingStart: 40, paddingEnd: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const size = virtual.getTotalSize();
  // Rows are measured as they appear and pictures arrive late: who was at the foot stays there.
  useLayoutEffect(() => { if (!away) toFoot(scroller.current); }, [away, size]);
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && first < NEAR_TOP) void fetchNextPage();
  }, [fetchNextPage, first, hasNextPage, isFetchingNextPage]);
  const jump = useJump(rows, query, (at, key) => {
    virtual.scrollToIndex(at, { align: 'center' });
    setFlash(key);
  });
  useImperativeHandle(ref, () => ({ toEnd: () => { toFoot(scroller.current); }, jump }), [jump]);
  const handleScroll = () => {
    const node = scroller.current;
    if (!node) return;
    const next = node.scrollHeight - node.scrollTop - node.clientHeight > AT_END;
    if (next !== away) {
      setAway(next);
      setSeen(rows.at(-1)?.key);
    }
  };
  const fresh = away ? rows.slice(rows.findLastIndex((row) => row.key === seen) + 1).filter((row) => row.kind === 'message' && row.message.direction === 'in').length : 0;
  return (
    <div className={classes.holder}>
      <div ref={scroller} className={classes.scroll} role="log" aria-live="off" aria-label={t('inbox.thread.messages')} tabIndex={0} onScroll={handleScroll}>
        <div className={classes.lines} style={{ height: size }}>
          <p className={classes.top}>{isFetchingNextPage ? t('inbox.thread.earlier') : hasNextPage ? '' : t('inbox.thread.beginning')}</p>
          {items.map((item) => {
            const row = rows[item.index];
            return row ? (
              <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={classes.line} style={{ transform: `translateY(${String(item.start)}px)` }}>
                <Line row={row} flash={flash === row.key} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {away ? (
        <button type="button" className={classes.pill} data-fresh={fresh > 0 || undefined} onClick={() => { toFoot(scroller.current); }} aria-label={fresh ? undefined : t('inbox.thread.toEnd')}>
          <IconArrowDown size={15} aria-hidden /> {fresh > 0 ? plural('inbox.thread.fresh', fresh) : null}
        </button>
      ) : null}
      <Announcer rows={rows} customer={customer} />
    </div>
  );
}

const MOST_PAGES = 40;

/** Goes to a message, loading earlier pages until it is there. */
function useJump(rows: Row[], query: MessagesProps['query'], show: (at: number, key: string) => void): (id: string) => void {
  const latest = useRef({ rows, query, show });
  useEffect(() => { latest.current = { rows, query, show }; });
  return useCallback((id: string) => {
    const step = async (pagesLeft: number): Promise<void> => {
      const now = latest.current;
      const at = now.rows.findIndex((row) => row.kind !== 'day' && row.kind !== 'new' && row.message.id === id);
      const row = now.rows[at];
      if (row) {
        now.show(at, row.key);
        return;
      }
      if (!now.query.hasNextPage || pagesLeft === 0) return;
      await now.query.fetchNextPage();
      await new Promise(requestAnimationFrame);
      await step(pagesLeft - 1);
    };
    void step(MOST_PAGES);
  }, []);
}

interface AnnouncerProps {
  rows: Row[];
  customer: string;
}

/** Says only what arrives. The list itself is silent, because scrolling it adds rows too. */
function Announcer({ rows, customer }: AnnouncerProps) {
  const last = rows.at(-1);
  const [start] = useState(last?.key);
  const heard = last?.kind === 'message' && last.message.direction === 'in' && last.key !== start ? last.message : null;
  return <p className="hidden-text" role="status">{heard ? t('inbox.thread.arrived', { name: customer, words: previewOf(heard) }) : ''}</p>;
}

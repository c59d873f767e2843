import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { IconArrowDown } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { heardIn, holds, type Row } from '../rows';
import { Announcer } from './Announcer';
import { DayLine } from './DayLine';
import { heightOf } from './heights';
import { Line } from './Line';
import type { TimelineView, Wanted } from './useTimeline';
import classes from './Thread.module.css';

export interface MessagesHandle {
  toEnd: () => void;
}

interface MessagesProps {
  ref: Ref<MessagesHandle>;
  rows: Row[];
  timeline: TimelineView;
  customer: string;
  /** Customers' messages that came while an older part of the thread is shown. */
  missed: number;
}

const AT_END = 80;
const [ABOVE, BELOW] = [40, 12];
/** How large a thread was last: the first frame of the next one is drawn for it, before anything can be measured. */
let lastRect = { width: 0, height: 0 };
const NEAR = 12;

/** The rows of a thread: newest at the foot, sticking there unless scrolled up, pages coming in at both ends. */
export function Messages({ ref, rows, timeline, customer, missed }: MessagesProps) {
  const { earlier, later, wanted, toNewest } = timeline;
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<string | undefined>(undefined);
  const [away, setAway] = useState(false);
  const keyOf = useCallback((at: number) => rows[at]?.key ?? at, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => heightOf(rows[at]),
    getItemKey: keyOf,
    overscan: 6, anchorTo: 'end', followOnAppend: !later.more, scrollEndThreshold: AT_END, paddingStart: ABOVE, paddingEnd: BELOW,
    initialRect: lastRect, initialOffset: () => footOf(rows),
  });
  useEffect(() => { lastRect = virtual.scrollRect ?? lastRect; }, [virtual, virtual.scrollRect]);
  const items = virtual.getVirtualItems();
  const size = virtual.getTotalSize();
  const atFoot = !away && !later.more;
  // Rows are measured as they appear and pictures arrive late: who was at the foot stays there.
  useLayoutEffect(() => { if (atFoot) toFoot(scroller.current); }, [atFoot, size]);
  useGrowth({ first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? 0, count: rows.length, size }, timeline);
  const flash = useWanted(wanted, rows, virtual, () => { setAway(true); });
  const toEnd = () => {
    setAway(false);
    // Elsewhere in the thread the foot of what is shown is not its end.
    if (later.more) toNewest();
    else toFoot(scroller.current);
  };
  useImperativeHandle(ref, () => ({ toEnd }));
  const handleScroll = () => {
    const node = scroller.current;
    if (!node) return;
    const next = node.scrollHeight - node.scrollTop - node.clientHeight > AT_END;
    if (next !== away) {
      setAway(next);
      setSeen(rows.at(-1)?.key);
    }
  };
  const fresh = away && !later.more ? rows.slice(rows.findLastIndex((row) => row.key === seen) + 1).reduce((sum, row) => sum + heardIn(row), 0) : missed;
  const day = away ? dayAt(rows, items.find((item) => item.end > (virtual.scrollOffset ?? 0) + 8)?.index ?? 0) : undefined;
  return (
    <div className={classes.holder}>
      <div ref={scroller} className={classes.scroll} role="log" aria-live="off" aria-label={t('inbox.thread.messages')} tabIndex={0} onScroll={handleScroll}>
        {/* The lines stand in the flow: their places are right before anything is measured, and the foot is there before they are. */}
        <div className={classes.lines} style={{ paddingTop: items[0]?.start ?? size, paddingBottom: size - (items.at(-1)?.end ?? size) }}>
          <p className={classes.top}>{earlier.loading ? t('inbox.thread.earlier') : earlier.more ? '' : t('inbox.thread.beginning')}</p>
          {items.map((item) => {
            const row = rows[item.index];
            return row ? (
              <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={classes.line}>
                <Line row={row} flash={flash === row.key} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {day ? <div className={classes.floating}><DayLine label={day.label} at={day.at} /></div> : null}
      {away || later.more ? (
        <button type="button" className={classes.pill} data-fresh={fresh > 0 || undefined} onClick={toEnd} aria-label={fresh ? undefined : t('inbox.thread.toEnd')}>
          <IconArrowDown size={15} aria-hidden /> {fresh > 0 ? plural('inbox.thread.fresh', fresh) : null}
        </button>
      ) : null}
      <Announcer rows={rows} customer={customer} />
    </div>
  );
}

/** The day of a row, unless that row says so itself. */
function dayAt(rows: Row[], at: number): Extract<Row, { kind: 'day' }> | undefined {
  if (rows[at]?.kind === 'day') return undefined;
  const found = rows[rows.findLastIndex((row, index) => index <= at && row.kind === 'day')];
  return found?.kind === 'day' ? found : undefined;
}

/** Where the foot of the thread will be, as far as that is known before it is drawn. */
const footOf = (rows: Row[]): number => Math.max(0, rows.reduce((sum, row) => sum + heightOf(row), ABOVE + BELOW) - lastRect.height);

function toFoot(node: HTMLElement | null): void {
  if (node) node.scrollTop = node.scrollHeight;
}

interface Extent {
  first: number;
  last: number;
  count: number;
  size: number;
}

/** Whoever comes near an end of what is loaded has the next page loaded. */
function useGrowth({ first, last, count, size }: Extent, { earlier, later }: TimelineView): void {
  const wantsEarlier = earlier.more && !earlier.loading && !later.loading && first < NEAR;
  const wantsLater = later.more && !later.loading && !earlier.loading && count > 0 && last > count - NEAR;
  const ends = useRef({ earlier, later });
  // At first the top is in sight, for a moment, because nothing has been measured yet.
  const settled = useRef(false);
  useEffect(() => { ends.current = { earlier, later }; });
  useEffect(() => {
    if (!settled.current) settled.current = true;
    else if (wantsEarlier) ends.current.earlier.load();
    else if (wantsLater) ends.current.later.load();
  }, [wantsEarlier, wantsLater, count, size]);
}

/** Goes to a row as soon as it is there, once each time it is wanted; the key of the row that is to light up. */
function useWanted(wanted: Wanted | null, rows: Row[], virtual: Virtualizer<HTMLDivElement, Element>, onGo: () => void): string | null {
  const gone = useRef<Wanted | null>(null);
  const at = wanted === null ? -1 : rows.findIndex((row) => holds(row, wanted.id));
  useLayoutEffect(() => {
    if (wanted === null || wanted === gone.current || at < 0) return;
    gone.current = wanted;
    onGo();
    virtual.scrollToIndex(at, { align: wanted.quiet ? 'start' : 'center' });
  }, [at, onGo, virtual, wanted]);
  return wanted && !wanted.quiet ? rows[at]?.key ?? null : null;
}

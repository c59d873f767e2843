import { type RefObject, useEffect, useRef } from 'react';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { ErrorState } from '@/design/ErrorState';
import { IconSearch } from '@/design/icons';
import { Keys } from '@/design/Keys';
import { SkeletonPeople } from '@/design/Skeletons';
import { problemOf } from '@/api/errors';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { calm } from '@/lib/plain';
import { type Ask, type Hit, isNarrow, keyOf } from './ask';
import { Beginning } from './Beginning';
import { HitRow } from './HitRow';
import type { Found } from './useSearch';
import classes from './Search.module.css';

interface ResultsProps {
  ask: Ask;
  found: Found;
  picked: Hit | undefined;
  onOpen: (hit: Hit) => void;
  onChange: (change: Partial<Ask>) => void;
}

/** What stands below the field: the beginning, hits under headings, or why there are none. */
export function Results({ ask, found, picked, onOpen, onChange }: ResultsProps) {
  if (!found.isAsked) return <Beginning onPick={(words) => { onChange({ words }); }} />;
  if (found.error && found.hits.length === 0) return <Refused error={found.error} onRetry={found.retry} />;
  if (found.hits.length === 0) return found.isLooking || found.more ? <SkeletonPeople rows={5} /> : <None ask={ask} onChange={onChange} />;
  return (
    <>
      <Hits found={found} picked={picked} onOpen={onOpen} />
      <footer className={classes.foot} aria-hidden>
        <Keys shortcut="↑ ↓" /> {t('search.move')}
        <Keys shortcut="enter" /> {t('search.open')}
      </footer>
    </>
  );
}

type HitsProps = Pick<ResultsProps, 'found' | 'picked' | 'onOpen'>;

function Hits({ found, picked, onOpen }: HitsProps) {
  const now = useNow();
  const end = useReached(found.older);
  return (
    <div id="search-hits" className={classes.hits} role="listbox" aria-label={t('search.title')}>
      {found.groups.map(({ kind, hits }) => (
        <div key={kind} role="group" aria-label={t(`search.kinds.${kind}`)}>
          <p className={classes.group} aria-hidden>{t(`search.kinds.${kind}`)}</p>
          {hits.map((hit) => <HitRow key={keyOf(hit)} hit={hit} picked={hit === picked} now={now} onOpen={onOpen} />)}
        </div>
      ))}
      {found.more ? <p ref={end} className={classes.more}>{t('search.looking')}</p> : null}
    </div>
  );
}

interface NoneProps {
  ask: Ask;
  onChange: (change: Partial<Ask>) => void;
}

function None({ ask, onChange }: NoneProps) {
  const words = ask.words.trim();
  const widen = isNarrow(ask) ? <Button kind="quiet" onClick={() => { onChange({ kind: null, side: null, age: null, inside: null }); }}>{t('search.none.widen')}</Button> : undefined;
  return <EmptyState icon={<IconSearch size={22} stroke={1.6} />} title={words ? t('search.none.title', { words: calm(words) }) : t('search.none.titleFilters')} help={t('search.none.help')} action={widen} />;
}

interface RefusedProps {
  error: Error;
  onRetry: () => void;
}

/** A filter that is not finished yet is a hint, not a failure. */
function Refused({ error, onRetry }: RefusedProps) {
  const problem = problemOf(error);
  if (problem.code !== 'invalid_filter') return <ErrorState error={error} onRetry={onRetry} />;
  return <EmptyState icon={<IconSearch size={22} stroke={1.6} />} title={problem.message} help={problem.help} />;
}

/** Calls as long as the end of the list is in sight. */
function useReached(call: () => void): RefObject<HTMLParagraphElement | null> {
  const end = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!end.current) return undefined;
    const watcher = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) call(); }, { rootMargin: '200px' });
    watcher.observe(end.current);
    return () => { watcher.disconnect(); };
  });
  return end;
}

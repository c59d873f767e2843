import { useElementSize } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { EmptyState } from '@/design/EmptyState';
import { IconMessage2 } from '@/design/icons';
import { Keys } from '@/design/Keys';
import { type Command, useCommands, useKeysOf } from '@/lib/commands';
import { keyCaps } from '@/lib/keys';
import { t } from '@/lib/i18n';
import { recall, remember } from '@/lib/storage';
import { ConversationList, loadLater } from './list/ConversationList';
import { useLiveNames } from './list/queries';
import { useViewCommands, useViewsBeside } from './list/useViews';
import { ViewsNav } from './list/ViewsNav';
import { useInboxLive } from './useInboxLive';
import classes from './InboxPage.module.css';
import viewClasses from './list/Views.module.css';

const loadChosen = () => import('./Chosen');
const Chosen = lazy(() => loadChosen().then((module) => ({ default: module.Chosen })));
const Person = lazy(() => loadChosen().then((module) => ({ default: module.Person })));

const route = getRouteApi('/inside/inbox');
const ROOMY = 1100;
const ROOM_FOR_VIEWS = 1280;
/** The list paints first; then what the first conversation needs is fetched before anybody asks. */
const SOON_MS = 300;

/** List, conversation, customer. Narrower windows fold the customer away, a phone shows one of the first two. */
export function InboxPage() {
  const { c, m, view = 'open', q = '' } = route.useSearch();
  const { ref, width } = useElementSize();
  const [choice, setChoice] = useState(recall('details'));
  const [over, setOver] = useState(false);
  const views = useViewsBeside(width >= ROOM_FOR_VIEWS);
  const roomy = width >= ROOMY;
  const details = roomy ? choice !== 'closed' : over;
  // First what was said; in the next frame who said it, and everything else that follows.
  const settled = useDeferredValue(c);
  useInboxLive();
  useLiveNames();
  useViewCommands();
  useEffect(() => {
    const timer = window.setTimeout(() => { void loadChosen().then(loadLater); }, SOON_MS);
    return () => { window.clearTimeout(timer); };
  }, []);
  const toggle = useMemo(() => () => {
    if (!roomy) {
      setOver((before) => !before);
      return;
    }
    setChoice((before) => {
      const next = before === 'closed' ? null : 'closed';
      remember('details', next);
      return next;
    });
  }, [roomy]);
  const commands = useMemo<Command[]>(() => [{ id: 'details', group: t('inbox.commands.group'), title: t('inbox.commands.details'), keys: 'd', run: toggle }], [toggle]);
  useCommands(commands);
  return (
    <div ref={ref} className={classes.grid} data-views={views.beside || undefined} data-chosen={c !== undefined || undefined} data-details={(details && c !== undefined) || undefined}>
      {views.beside ? <aside className={viewClasses.column}><ViewsNav view={view} active={settled} /></aside> : null}
      <ConversationList view={view} q={q} active={c} beside={views.beside} onBeside={views.onShow} />
      {c === undefined ? <Nothing /> : <Suspense fallback={<div className={classes.nothing} aria-busy />}><Chosen key={c} id={c} at={m} details={details} onDetails={toggle} /></Suspense>}
      {c !== undefined && settled !== undefined && details ? <Suspense><Person key={settled} id={settled} onClose={toggle} /></Suspense> : null}
    </div>
  );
}

function Nothing() {
  const [bar, next, previous] = [useKeysOf('bar', 'mod+k'), useKeysOf('next', 'j'), useKeysOf('previous', 'k')];
  return (
    <div className={classes.nothing}>
      <EmptyState icon={<IconMessage2 size={22} stroke={1.6} />} title={t('inbox.choose.title')} help={t('inbox.choose.help', { keys: keyCaps(bar ?? 'mod+k').join(' ') })} action={next && previous ? <Keys shortcut={`${next} ${previous}`} /> : null} />
    </div>
  );
}

import { Popover } from '@mantine/core';
import { lazy, memo, Suspense, useState } from 'react';
import { problemOf } from '@/api/errors';
import { IconButton } from '@/design/IconButton';
import { IconBookmark, IconLayoutSidebarLeftExpand, IconSelector } from '@/design/icons';
import { t } from '@/lib/i18n';
import { QueueButton } from '@/features/desk/QueueButton';
import type { View } from '../address';
import { FilterBar } from './FilterBar';
import { useKnown } from './queries';
import { SelectAll } from './SelectAll';
import { titleOf } from './views';
import { ViewsNav } from './ViewsNav';
import classes from './List.module.css';
import filterClasses from './Filter.module.css';

const ViewDialog = lazy(() => import('./ViewDialog').then((module) => ({ default: module.ViewDialog })));

interface ListHeadProps {
  view: View;
  active: string | undefined;
  /** What the view and the filter ask for together. */
  words: string;
  q: string;
  order: readonly string[];
  /** The views stand beside the list, or are chosen from a menu here. */
  beside: boolean;
  error: unknown;
  onBeside: (() => void) | undefined;
  onFilter: (q: string) => void;
}

export const ListHead = memo(function ListHead({ view, active, words, q, order, beside, error, onBeside, onFilter }: ListHeadProps) {
  const known = useKnown();
  const [naming, setNaming] = useState(false);
  const problem = error ? problemOf(error) : null;
  return (
    <header className={classes.head}>
      <div className={classes.titleRow}>
        <SelectAll order={order} />
        {beside ? <h1><bdi>{titleOf(view, known)}</bdi></h1> : <ViewsMenu view={view} active={active} />}
        <QueueButton />
        {q ? <IconButton label={t('list.views.save')} size={26} onClick={() => { setNaming(true); }}><IconBookmark size={16} stroke={1.7} /></IconButton> : null}
        {onBeside && !beside ? <IconButton label={t('list.views.show')} size={26} onClick={onBeside}><IconLayoutSidebarLeftExpand size={16} stroke={1.7} /></IconButton> : null}
      </div>
      <FilterBar q={q} onFilter={onFilter} />
      {problem?.code === 'invalid_filter' ? <p className={filterClasses.wrong} role="status"><b>{problem.message}</b> {problem.help}</p> : null}
      {naming ? <Suspense><ViewDialog view={null} words={words} onClose={() => { setNaming(false); }} /></Suspense> : null}
    </header>
  );
});

interface ViewsMenuProps {
  view: View;
  active: string | undefined;
}

function ViewsMenu({ view, active }: ViewsMenuProps) {
  const [open, setOpen] = useState(false);
  const title = titleOf(view, useKnown());
  return (
    <h1>
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={250} shadow="md" trapFocus>
        <Popover.Target>
          <button type="button" className={classes.chooser} aria-label={t('list.views.choose', { view: title })} aria-expanded={open} onClick={() => { setOpen(!open); }}>
            <bdi>{title}</bdi><IconSelector size={14} aria-hidden />
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.viewsMenu}><ViewsNav view={view} active={active} onChosen={() => { setOpen(false); }} /></Popover.Dropdown>
      </Popover>
    </h1>
  );
}

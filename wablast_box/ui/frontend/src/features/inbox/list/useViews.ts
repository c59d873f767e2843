/** The column of views: there when there is room and it is wanted; and every view in the command bar. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { recall, remember } from '@/lib/storage';
import { type View, VIEWS } from '../address';
import { useKnown } from './queries';
import { titleOf } from './views';

export function useViewsBeside(room: boolean) {
  const [wanted, setWanted] = useState(recall('views') !== 'closed');
  const commands = useMemo<Command[]>(() => {
    const set = (next: boolean) => {
      remember('views', next ? null : 'closed');
      setWanted(next);
    };
    return room ? [{ id: 'views', group: t('inbox.commands.group'), title: wanted ? t('list.views.hide') : t('list.views.show'), keys: 'v', run: () => { set(!wanted); } }] : [];
  }, [room, wanted]);
  useCommands(commands);
  return { beside: room && wanted, onShow: room && !wanted ? commands[0]?.run : undefined };
}

export function useViewCommands(): void {
  const navigate = useNavigate();
  const known = useKnown();
  const commands = useMemo<Command[]>(() => {
    const all: View[] = [...VIEWS, ...known.saved.map((one) => `saved-${one.id}` as const), ...known.teams.map((one) => `team-${one.id}` as const), ...known.tags.map((one) => `tag-${one.id}` as const)];
    return all.map((view) => ({
      id: `view-${view}`, group: t('list.views.label'), title: t('inbox.commands.filter', { filter: titleOf(view, known) }),
      run: () => { void navigate({ to: '/inbox', search: ({ c }) => ({ c, view: view === 'open' ? undefined : view }), replace: true }); },
    }));
  }, [known, navigate]);
  useCommands(commands);
}

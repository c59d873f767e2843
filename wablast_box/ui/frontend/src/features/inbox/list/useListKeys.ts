/** The keyboard of the list: walking, marking, and everything that is done with what is open or marked. */
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { may, useSession } from '@/api/session';
import type { Conversation } from '@/api/types';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { walk } from '@/lib/walking';
import { act, type Deed, undoLast } from './act';
import { ask, type Question, usePicker } from './pickers';
import { clearSelection, extend, selectAll, toggle, useSelection } from './selection';

interface Standing {
  rows: Conversation[];
  at: number;
  targets: Conversation[];
}

// Commands are made once; what they act on changes with every event. There is one list on the screen.
let standing: Standing = { rows: [], at: -1, targets: [] };
const stand = (next: Standing): void => { standing = next; };

export function useListKeys(rows: Conversation[], at: number, show: (index: number) => void): { targets: Conversation[] } {
  const navigate = useNavigate();
  const marked = useSelection((state) => state.ids);
  const targets = useMemo(() => (marked.size > 0 ? rows.filter((row) => marked.has(row.id)) : rows.slice(at, at + 1).filter(() => at >= 0)), [at, marked, rows]);
  useEffect(() => { stand({ rows, at, targets }); }, [at, rows, targets]);
  const open = useCallback((to: number) => {
    const { rows: known } = standing;
    const index = Math.max(0, Math.min(to, known.length - 1));
    const target = known[index];
    if (!target) return;
    show(index);
    walk();
    void navigate({ to: '/inbox', search: (before) => ({ ...before, c: target.id, m: undefined }), replace: true });
  }, [navigate, show]);
  useEffect(() => { goOn = open; }, [open]);
  useCommands(useWalking(open));
  useCommands(useDeeds());
  return { targets };
}

let goOn: (to: number) => void = () => undefined;

/** What is put away leaves the screen: the next conversation opens in its place. */
export function moveOn(leaving: readonly Conversation[]): void {
  const { at, rows } = standing;
  if (leaving.length === 1 && rows[at]?.id === leaving[0]?.id && rows.length > 1) goOn(at + 1 < rows.length ? at + 1 : at - 1);
}

/** Between a question and its answer no key does anything else, also while the question is still being loaded. */
const unlessAsked = (commands: Command[]): Command[] =>
  commands.map((command) => ({ ...command, run: () => { if (usePicker.getState().asked === null) command.run(); } }));

function useWalking(open: (to: number) => void): Command[] {
  const marking = useSelection((state) => state.ids.size > 0);
  return useMemo<Command[]>(() => {
    const group = t('inbox.commands.group');
    const here = () => standing.rows[Math.max(0, standing.at)]?.id;
    const order = () => standing.rows.map((row) => row.id);
    return unlessAsked([
      { id: 'next', group, title: t('inbox.commands.next'), keys: 'j', run: () => { open(standing.at + 1); } },
      { id: 'previous', group, title: t('inbox.commands.previous'), keys: 'k', run: () => { open(standing.at < 0 ? 0 : standing.at - 1); } },
      { id: 'open-first', group, title: t('list.do.open'), keys: 'enter', run: () => { if (standing.at < 0) open(0); else document.getElementById('composer')?.focus(); } },
      { id: 'find', group, title: t('list.do.filter'), keys: 'f', run: () => { document.getElementById('inbox-search')?.focus(); } },
      { id: 'select', group, title: t('list.do.select'), keys: 'x', run: () => { const id = here(); if (id) toggle(id); } },
      { id: 'select-range', group, title: t('list.do.range'), keys: 'shift+x', run: () => { const id = here(); if (id) extend(order(), id); } },
      { id: 'select-all', group, title: t('list.select.all'), run: () => { selectAll(order()); } },
      ...(marking ? [{ id: 'clear-selection', group, title: t('list.do.clear'), keys: 'escape', run: clearSelection }] : []),
      { id: 'undo', group, title: t('list.do.undo'), keys: 'z', run: () => { void undoLast(); } },
    ]);
  }, [marking, open]);
}

function useDeeds(): Command[] {
  const session = useSession();
  const [mayClose, mayReply, mayTake] = [may(session, 'inbox.close'), may(session, 'inbox.reply'), may(session, 'inbox.assign_self')];
  const me = session.user;
  return useMemo<Command[]>(() => {
    const group = t('inbox.commands.group');
    const run = (deed: Deed) => {
      const { targets } = standing;
      if (targets.length === 0) return;
      clearSelection();
      void act(targets, deed);
    };
    const resolve = () => {
      const { targets } = standing;
      const again = targets.length > 0 && targets.every((one) => one.state === 'resolved');
      run({ action: again ? 'reopen' : 'resolve' });
      if (!again) moveOn(targets);
    };
    const question = (asked: Question) => () => { ask(asked, standing.targets); };
    const unread = () => { run({ action: standing.targets.every((one) => one.unread_count > 0) ? 'read' : 'unread' }); };
    return unlessAsked([
      ...(mayClose ? [
        { id: 'resolve', group, title: t('list.do.resolveNext'), keys: 'e', run: resolve },
        { id: 'snooze', group, title: t('list.do.snooze'), keys: 's', run: question('snooze') },
        { id: 'unsnooze', group, title: t('list.do.unsnooze'), run: () => { run({ action: 'unsnooze' }); } },
        { id: 'pending', group, title: t('list.do.pending'), keys: 'p', run: () => { const { targets } = standing; run({ action: 'pending' }); moveOn(targets); } },
        { id: 'reopen', group, title: t('list.do.reopen'), run: () => { run({ action: 'reopen' }); } },
      ] : []),
      ...(mayReply ? [
        { id: 'unread', group, title: t('list.do.unread'), keys: 'u', run: unread },
        { id: 'label', group, title: t('list.do.tag'), keys: 'l', run: question('tag') },
        { id: 'hand-to-team', group, title: t('list.do.team'), run: question('team') },
      ] : []),
      ...(mayTake ? [
        { id: 'assign', group, title: t('list.do.assign'), keys: 'a', run: question('assign') },
        { id: 'take', group, title: t('list.do.take'), keys: 'i', run: () => { if (me) run({ action: 'assign', user: { id: me.id, name: me.name } }); } },
      ] : []),
    ]);
  }, [mayClose, mayReply, mayTake, me]);
}

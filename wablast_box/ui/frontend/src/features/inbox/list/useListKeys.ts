import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Conversation } from '@/api/types';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';

/** J and K walk the list; the neighbour is usually loaded already. */
export function useListKeys(rows: Conversation[], at: number, show: (index: number) => void): void {
  const navigate = useNavigate();
  const commands = useMemo<Command[]>(() => {
    const group = t('inbox.commands.group');
    const go = (to: number) => {
      const target = rows[Math.max(0, Math.min(to, rows.length - 1))];
      if (!target) return;
      show(rows.indexOf(target));
      void navigate({ to: '/inbox', search: (now) => ({ ...now, c: target.id, m: undefined }), replace: true });
    };
    return [
      { id: 'next', group, title: t('inbox.commands.next'), keys: 'j', run: () => { go(at + 1); } },
      { id: 'previous', group, title: t('inbox.commands.previous'), keys: 'k', run: () => { go(at < 0 ? 0 : at - 1); } },
      { id: 'find', group, title: t('inbox.commands.search'), keys: 'shift+f', run: () => { document.getElementById('inbox-search')?.focus(); } },
    ];
  }, [at, navigate, rows, show]);
  useCommands(commands);
}

import { useMemo } from 'react';
import { useMay } from '@/api/session';
import { IconSearch } from '@/design/icons';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { openSearch } from './panel';

/** From everywhere: / opens the search. */
export function useSearchCommands(): void {
  const may = useMay('inbox.read');
  const commands = useMemo<Command[]>(
    () => (may ? [{ id: 'search', group: t('shell.commands.goTo'), title: t('search.command'), keys: '/', icon: <IconSearch size={17} />, run: () => { openSearch(); } }] : []),
    [may],
  );
  useCommands(commands);
}

import { useMemo } from 'react';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import type { ExtraName } from './extras/Extra';

const NAMES = ['camera', 'location', 'contact', 'buttons', 'list', 'link', 'canned'] as const;

/** Everything the composer can do stands in the command bar too. */
export function useExtraCommands(open: (extra: ExtraName) => void): void {
  const commands = useMemo<Command[]>(() => {
    const group = t('inbox.commands.group');
    return [
      { id: 'later', group, title: t('composer.schedule'), keys: 'mod+shift+l', run: () => { open('schedule'); } },
      { id: 'voice', group, title: t('composer.voice'), run: () => { open('voice'); } },
      { id: 'emoji', group, title: t('composer.emoji'), run: () => { open('emoji'); } },
      ...NAMES.map((name): Command => ({ id: `add-${name}`, group, title: t(`composer.add.${name}`), run: () => { open(name); } })),
    ];
  }, [open]);
  useCommands(commands);
}

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useSession } from '@/api/session';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { pagesFor } from './nav';

/** Every page of the settings can be reached by typing its name. */
export function useSettingsCommands(): void {
  const { user } = useSession();
  const navigate = useNavigate();
  const commands = useMemo<Command[]>(
    () => pagesFor(user?.permissions ?? []).map(({ key, to, icon: Icon }) => ({
      id: `settings-${key}`,
      group: t('settings.title'),
      title: t(`settings.nav.${key}`),
      icon: <Icon size={17} />,
      run: () => { void navigate({ to }); },
    })),
    [navigate, user],
  );
  useCommands(commands);
}

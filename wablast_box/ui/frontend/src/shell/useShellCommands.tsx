import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { may, useSession } from '@/api/session';
import { IconAddressBook, IconDeviceDesktop, IconDeviceMobile, IconInbox, IconKeyboard, IconLogout, IconMoon, IconRoute, IconSettings, IconSun, IconTemplate } from '@/design/icons';
import { closeBar, type Command, openBar, setHelp, setSingleKeys, useCommands, useRegistry } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { setPhone, usePhone } from './phone';
import { useSignOut } from './useSignOut';

/** What can be done from anywhere. Features add their own while they are on the screen. */
export function useShellCommands(): void {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const session = useSession();
  const { demo } = session;
  const mayFlows = may(session, 'flows.read');
  const { open } = usePhone();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const singleKeys = useRegistry((state) => state.singleKeys);
  const commands = useMemo<Command[]>(() => {
    const [goTo, look, help, account] = [t('shell.commands.goTo'), t('shell.commands.appearance'), t('shell.commands.help'), t('shell.commands.account')];
    const phone: Command = {
      id: 'phone', group: look, title: open ? t('shell.commands.phoneHide') : t('shell.commands.phoneShow'),
      icon: <IconDeviceMobile size={17} />, run: () => { setPhone(!open); },
    };
    return [
      { id: 'bar', group: help, title: t('shell.keys.palette'), keys: 'mod+k', hidden: true, run: () => { if (useRegistry.getState().barOpen) closeBar(); else openBar(); } },
      { id: 'go-inbox', group: goTo, title: t('shell.nav.inbox'), keys: 'g i', icon: <IconInbox size={17} />, run: () => { void navigate({ to: '/inbox' }); } },
      { id: 'go-contacts', group: goTo, title: t('contacts.nav'), keys: 'g c', icon: <IconAddressBook size={17} />, run: () => { void navigate({ to: '/contacts' }); } },
      ...(mayFlows ? [{ id: 'go-flows', group: goTo, title: t('shell.nav.flows'), keys: 'g f', icon: <IconRoute size={17} />, run: () => { void navigate({ to: '/flows' }); } }] : []),
      { id: 'go-templates', group: goTo, title: t('templates.nav'), keys: 'g t', icon: <IconTemplate size={17} />, run: () => { void navigate({ to: '/templates' }); } },
      { id: 'go-settings', group: goTo, title: t('shell.nav.settings'), keys: 'g s', icon: <IconSettings size={17} />, run: () => { void navigate({ to: '/settings' }); } },
      { id: 'light', group: look, title: t('shell.scheme.light'), icon: <IconSun size={17} />, run: () => { setColorScheme('light'); } },
      { id: 'dark', group: look, title: t('shell.scheme.dark'), icon: <IconMoon size={17} />, run: () => { setColorScheme('dark'); } },
      { id: 'auto', group: look, title: t('shell.scheme.auto'), icon: <IconDeviceDesktop size={17} />, run: () => { setColorScheme('auto'); } },
      ...(demo ? [phone] : []),
      { id: 'keys', group: help, title: t('shell.commands.keys'), keys: '?', icon: <IconKeyboard size={17} />, run: () => { setHelp(true); } },
      { id: 'single', group: help, title: singleKeys ? t('shell.commands.singleKeysOff') : t('shell.commands.singleKeysOn'), icon: <IconKeyboard size={17} />, run: () => { setSingleKeys(!singleKeys); } },
      { id: 'sign-out', group: account, title: t('shell.account.signOut'), icon: <IconLogout size={17} />, run: () => { void signOut(); } },
    ];
  }, [demo, mayFlows, navigate, open, setColorScheme, signOut, singleKeys]);
  useCommands(commands);
}

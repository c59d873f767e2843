import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@/design/icons';
import { t } from '@/lib/i18n';

const SCHEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

export function SchemeItems() {
  // Mantine switches transitions off with a <style> for the moment of the change; our policy forbids that.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return SCHEMES.map(({ value, icon: Icon }) => (
    <Menu.Item
      key={value}
      role="menuitemradio"
      aria-checked={colorScheme === value}
      leftSection={<Icon size={15} />}
      rightSection={colorScheme === value ? <IconCheck size={14} /> : null}
      onClick={() => { setColorScheme(value); }}
    >
      {t(`shell.scheme.${value}`)}
    </Menu.Item>
  ));
}

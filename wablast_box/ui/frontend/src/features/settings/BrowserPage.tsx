import { useMantineColorScheme } from '@mantine/core';
import { ChoiceField, Fields, SwitchField } from '@/design/Field';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { setSingleKeys, useRegistry } from '@/lib/commands';
import { t } from '@/lib/i18n';

const SCHEMES = ['light', 'dark', 'auto'] as const;

export function BrowserPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const singleKeys = useRegistry((state) => state.singleKeys);
  return (
    <Page>
      <PageHeader title={t('settings.device.title')} help={t('settings.device.help')} />
      <Fields>
        <ChoiceField
          label={t('settings.device.appearance')}
          description={t('settings.device.appearanceHelp')}
          data={SCHEMES.map((value) => ({ value, label: t(`shell.scheme.${value}`) }))}
          value={colorScheme}
          onChange={(value) => { setColorScheme(SCHEMES.find((one) => one === value) ?? 'auto'); }}
        />
        <SwitchField checked={singleKeys} onChange={(event) => { setSingleKeys(event.currentTarget.checked); }} label={t('shell.keys.single')} description={t('shell.keys.singleHelp')} />
      </Fields>
    </Page>
  );
}

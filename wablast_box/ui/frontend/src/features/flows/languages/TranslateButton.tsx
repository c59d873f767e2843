import { Menu } from '@mantine/core';
import { Button } from '@/design/Button';
import { t } from '@/lib/i18n';
import type { Line } from '../graph/texts';
import { IconSparkles } from '../icons';
import type { Only } from './useTranslating';

interface TranslateButtonProps {
  lines: readonly Line[];
  busy: boolean;
  onTranslate: (only: Only) => void;
}

/** Lets a language model write what is missing; a person looks at it afterwards. */
export function TranslateButton({ lines, busy, onTranslate }: TranslateButtonProps) {
  const count = { missing: lines.filter((line) => line.state === 'missing').length, stale: lines.filter((line) => line.state === 'stale').length, all: lines.length };
  return (
    <Menu position="bottom-end" width={250} disabled={busy}>
      <Menu.Target><Button kind="quiet" loading={busy} leftSection={<IconSparkles size={15} />} disabled={lines.length === 0}>{t('flowLanguages.translate')}</Button></Menu.Target>
      <Menu.Dropdown>
        {(['missing', 'stale', 'all'] as const).map((only) => (
          <Menu.Item key={only} disabled={count[only] === 0} rightSection={<small>{count[only]}</small>} onClick={() => { onTranslate(only); }}>{t(`flowLanguages.only.${only}`)}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

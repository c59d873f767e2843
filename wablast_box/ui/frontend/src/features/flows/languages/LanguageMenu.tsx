import { Menu } from '@mantine/core';
import { IconButton } from '@/design/IconButton';
import { IconDotsVertical, IconDownload, IconTrash } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { useEditorStore } from '../graph/context';
import { type Line, removeLanguage } from '../graph/texts';
import { IconUpload } from '../icons';
import type { Flow } from '../types';
import { chooseCsv, takeOver } from './csv';
import { ownName } from './names';

interface LanguageMenuProps {
  flow: Flow;
  language: string;
  lines: readonly Line[];
  before: () => Promise<unknown>;
}

/** What can be done with a whole language. */
export function LanguageMenu({ flow, language, lines, before }: LanguageMenuProps) {
  const store = useEditorStore();
  const undo = { label: t('flows.acts.undo'), run: store.getState().undo };
  const named = { language: ownName(language) };
  const save = async () => {
    await before();
    const link = document.createElement('a');
    link.href = `/api/v1/flows/${flow.id}/translations.csv?language=${encodeURIComponent(language)}`;
    link.download = '';
    link.click();
  };
  const take = async () => {
    const found = takeOver(store.getState().doc, language, lines, await chooseCsv());
    if (!found) return toast({ tone: 'bad', title: t('flowLanguages.notCsv'), help: t('flowLanguages.notCsvHelp') });
    store.getState().change(() => found.doc);
    toast({ tone: 'good', title: plural('flowLanguages.imported', found.taken), help: found.unknown + found.same > 0 ? t('flowLanguages.importedHelp', found) : null, action: found.taken > 0 ? undo : undefined });
  };
  const remove = () => {
    store.getState().change((doc) => removeLanguage(doc, language));
    toast({ tone: 'good', title: t('flowLanguages.removed', named), action: undo });
  };
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target><IconButton label={t('flowLanguages.more', named)}><IconDotsVertical size={16} /></IconButton></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => { save().catch(toastError); }}>{t('flowLanguages.export')}</Menu.Item>
        <Menu.Item leftSection={<IconUpload size={15} />} onClick={() => { void take(); }}>{t('flowLanguages.import')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={15} />} onClick={remove}>{t('flowLanguages.remove', named)}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

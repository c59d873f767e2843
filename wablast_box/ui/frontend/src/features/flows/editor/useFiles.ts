import { useCallback } from 'react';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useEditorStore } from '../graph/context';
import { close } from '../graph/document';
import { chooseFile, saveAsFile } from './file';

export function useFiles(name: string) {
  const store = useEditorStore();
  const save = useCallback(() => { saveAsFile(name, close(store.getState().doc)); }, [name, store]);
  const take = useCallback(() => {
    void chooseFile().then(({ graph }) => {
      if (!graph) return toast({ tone: 'bad', title: t('flows.editor.noFlow'), help: t('flows.editor.noFlowHelp') });
      store.getState().load(graph);
      toast({ tone: 'good', title: t('flows.editor.imported'), action: { label: t('flows.acts.undo'), run: store.getState().undo } });
    });
  }, [store]);
  return { save, take };
}

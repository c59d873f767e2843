import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { exportFlow, type Taken, useImportFlow } from '../queries';
import { chooseFile, saveAsFile } from './file';

/** A flow leaves as a file of the box's own making, and a file comes in as a flow of its own: a draft that is off. */
export function useFiles() {
  const navigate = useNavigate();
  const { mutate, isPending } = useImportFlow();
  const save = useCallback((id: string, name: string) => { exportFlow(id).then((file) => { saveAsFile(name, file); }, toastError); }, []);
  const take = useCallback(() => {
    void chooseFile().then(({ name, file }) => {
      if (!isDrawn(file)) return toast({ tone: 'bad', title: t('flows.editor.noFlow'), help: t('flows.editor.noFlowHelp') });
      mutate('name' in file ? { file } : { name, file }, { onError: toastError, onSuccess: (taken) => { told(taken); void navigate({ to: '/flows/$id', params: { id: taken.id } }); } });
    });
  }, [mutate, navigate]);
  return { save, take, isTaking: isPending };
}

/** Has it what a flow is drawn with? What is wrong with it is the box's to say. */
const isDrawn = (file: unknown): file is object => typeof file === 'object' && file !== null && ('nodes' in file || 'graph' in file);

/** What was found here, and what is left to do. */
function told(taken: Taken): void {
  const parts = [
    taken.mapped.length > 0 ? plural('flows.editor.mapped', taken.mapped.length) : '',
    taken.stripped.length > 0 ? plural('flows.editor.stripped', taken.stripped.length) : '',
    taken.problems.some((one) => one.code === 'review_code') ? t('flows.editor.codeOff') : '',
    taken.problems.length > 0 ? plural('flows.editor.leftToDo', taken.problems.length) : '',
  ];
  toast({ tone: 'good', title: t('flows.editor.imported', { name: taken.name }), help: parts.filter((one) => one !== '').join(' ') || undefined });
}

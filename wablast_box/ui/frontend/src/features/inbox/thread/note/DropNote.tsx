import { useMutation } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Note } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { t } from '@/lib/i18n';

interface DropNoteProps {
  note: Note;
  onDone: () => void;
}

/** Asks once; the line tells every window, this one too. */
export function DropNote({ note: { id }, onDone }: DropNoteProps) {
  const drop = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/notes/{id}', { params: { path: { id } } })),
    onSuccess: onDone,
  });
  return (
    <AskFirst opened title={t('thread.note.dropTitle')} confirm={t('thread.note.drop')} busy={drop.isPending} error={drop.error} onConfirm={() => { drop.mutate(); }} onClose={onDone}>
      {t('thread.note.dropHelp')}
    </AskFirst>
  );
}

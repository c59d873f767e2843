import { useQuery } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Note } from '@/api/types';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { Markup } from '../../kinds/Markup';
import classes from '../Note.module.css';

interface NoteVersionsProps {
  note: Note;
}

/** What a note said before it was changed, oldest first. */
export function NoteVersions({ note: { id, edited_at } }: NoteVersionsProps) {
  const { data = [] } = useQuery({
    queryKey: ['note', id, edited_at],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/notes/{id}/versions', { params: { path: { id } }, signal }))).items,
  });
  return (
    <ol className={classes.former} aria-label={t('thread.message.earlier')}>
      {data.map(({ text, replaced_at: at }) => <li key={at}><Markup text={text} /> <time dateTime={at}>{t('thread.note.until', { at: stampOf(at) })}</time></li>)}
    </ol>
  );
}

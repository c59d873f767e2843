import { lazy, Suspense, useState } from 'react';
import { useMay, useSession } from '@/api/session';
import type { Note } from '@/api/types';
import { IconNote, IconPencil, IconTrash } from '@/design/icons';
import { stampOf, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { Markup } from '../kinds/Markup';
import { mentionPieces } from './mentions';
import classes from './Note.module.css';

const NoteEditor = lazy(() => import('./note/NoteEditor').then((module) => ({ default: module.NoteEditor })));
const NoteVersions = lazy(() => import('./note/NoteVersions').then((module) => ({ default: module.NoteVersions })));
const DropNote = lazy(() => import('./note/DropNote').then((module) => ({ default: module.DropNote })));

interface NoteBubbleProps {
  note: Note;
  flash: boolean;
}

/** A note between colleagues: another colour, a label, and the names that were called as chips. */
export function NoteBubble({ note, flash }: NoteBubbleProps) {
  const [doing, setDoing] = useState<'edit' | 'drop' | null>(null);
  const name = calm(note.author.name ?? t('thread.note.someone'));
  const done = () => { setDoing(null); };
  return (
    <article className={classes.line} data-flash={flash || undefined} aria-label={t('thread.note.label', { name, time: timeOf(note.created_at) })}>
      {note.deleted || doing === 'edit' ? null : <NoteActions note={note} onDo={setDoing} />}
      <div className={classes.note} data-gone={note.deleted ? true : undefined}>
        {note.deleted ? <p>{t('thread.note.gone', { name: calm(note.deleted.by.name ?? t('thread.note.someone')) })} <time dateTime={note.created_at} title={stampOf(note.deleted.at)}>{timeOf(note.created_at)}</time></p> : (
          <>
            <header><IconNote size={13} stroke={1.8} aria-hidden /> <span><bdi>{t('thread.note.by', { name })}</bdi></span></header>
            {doing === 'edit' ? <Suspense><NoteEditor note={note} onDone={done} /></Suspense> : <Words note={note} />}
          </>
        )}
        {doing === 'drop' ? <Suspense><DropNote note={note} onDone={done} /></Suspense> : null}
      </div>
    </article>
  );
}

function Words({ note }: { note: Note }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={classes.words}>
        {mentionPieces(note.text, note.mentions).map((piece, at) => (piece.mention ? <span key={at} className={classes.mention}><bdi>{calm(piece.text)}</bdi></span> : <Markup key={at} text={piece.text} />))}
        <time dateTime={note.created_at} title={stampOf(note.created_at)}>{timeOf(note.created_at)}</time>
        {note.edited_at ? <button type="button" className={classes.edited} aria-expanded={open} title={stampOf(note.edited_at)} onClick={() => { setOpen(!open); }}>{t('thread.note.edited')}</button> : null}
      </div>
      {open ? <Suspense><NoteVersions note={note} /></Suspense> : null}
    </>
  );
}

interface NoteActionsProps {
  note: Note;
  onDo: (what: 'edit' | 'drop') => void;
}

/** One's own can be changed; the owner may take back anybody's. */
function NoteActions({ note: { author }, onDo }: NoteActionsProps) {
  const { user } = useSession();
  const may = useMay('inbox.reply');
  const mine = author.kind === 'user' && author.id === user?.id;
  if (!may || !(mine || user?.role === 'OWNER')) return null;
  return (
    <div className={classes.actions}>
      {mine ? <button type="button" title={t('thread.note.edit')} aria-label={t('thread.note.edit')} onClick={() => { onDo('edit'); }}><IconPencil size={14} /></button> : null}
      <button type="button" title={t('thread.note.drop')} aria-label={t('thread.note.drop')} onClick={() => { onDo('drop'); }}><IconTrash size={14} /></button>
    </div>
  );
}

import type { Note } from '@/api/types';
import { IconNote } from '@/design/icons';
import { stampOf, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { Markup } from '../kinds/Markup';
import { mentionPieces } from './mentions';
import classes from './Note.module.css';

interface NoteBubbleProps {
  note: Note;
  flash: boolean;
}

/** A note between colleagues: another colour, a label, and the names that were called as chips. */
export function NoteBubble({ note, flash }: NoteBubbleProps) {
  const name = calm(note.author.name ?? t('thread.note.someone'));
  return (
    <article className={classes.line} data-flash={flash || undefined} aria-label={t('thread.note.label', { name, time: timeOf(note.created_at) })}>
      <div className={classes.note}>
        <header><IconNote size={13} stroke={1.8} aria-hidden /> <span><bdi>{t('thread.note.by', { name })}</bdi></span></header>
        <div className={classes.words}>
          {mentionPieces(note.text, note.mentions).map((piece, at) => (piece.mention ? <span key={at} className={classes.mention}><bdi>{calm(piece.text)}</bdi></span> : <Markup key={at} text={piece.text} />))}
          <time dateTime={note.created_at} title={stampOf(note.created_at)}>{timeOf(note.created_at)}</time>
        </div>
      </div>
    </article>
  );
}

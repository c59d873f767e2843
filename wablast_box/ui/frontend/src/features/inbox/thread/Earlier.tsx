import { useState } from 'react';
import type { Message } from '@/api/types';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { Markup } from '../kinds/Markup';
import classes from './Bubble.module.css';

interface EarlierProps {
  edited: NonNullable<Message['edited']>;
  direction: Message['direction'];
}

/** That a message was edited, and what it said before. */
export function Earlier({ edited, direction }: EarlierProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes.reveal} aria-expanded={open} onClick={() => { setOpen(!open); }}>{t(direction === 'in' ? 'thread.message.editedIn' : 'thread.message.editedOut', { at: stampOf(edited.at) })}</button>
      {open ? (
        <ol className={classes.former} aria-label={t('thread.message.earlier')}>
          {edited.earlier.map(({ text, at }) => <li key={at}>{text ? <Markup text={text} /> : <i>{t('thread.message.nothing')}</i>} <time dateTime={at}>{stampOf(at)}</time></li>)}
        </ol>
      ) : null}
    </>
  );
}

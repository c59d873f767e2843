import { type FocusEvent, useState } from 'react';
import type { Message } from '@/api/types';
import { IconArrowBackUp, IconCopy, IconMoodSmile } from '@/design/icons';
import { copyText } from '@/lib/clipboard';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useThread } from './context';
import classes from './Bubble.module.css';

const EMOJI = ['👍', '❤️', '🙏', '😂', '😮', '😢'];

interface ActionsProps {
  message: Message;
}

/** What can be done with a message; appears beside it for the pointer and the keyboard. Plain buttons: a thread holds
 *  a hundred of them, and each tooltip component would cost when one moves through the list. */
export function Actions({ message }: ActionsProps) {
  const { mayReply, reply, react } = useThread();
  const [open, setOpen] = useState(false);
  const mine = message.reactions.find((one) => one.by === 'us')?.emoji;
  const handleReact = (emoji: string) => {
    setOpen(false);
    react(message, emoji === mine ? '' : emoji);
  };
  const handleCopy = async () => {
    if (await copyText(message.text ?? '')) toast({ tone: 'good', title: t('inbox.message.copied') });
  };
  const handleBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const reachable = mayReply && message.wamid !== null && message.revoked === null;
  return (
    <div className={classes.actions} data-open={open || undefined} onBlur={handleBlur} onKeyDown={(event) => { if (event.key === 'Escape') setOpen(false); }}>
      {reachable ? <button type="button" className={classes.action} title={t('inbox.message.reply')} aria-label={t('inbox.message.reply')} onClick={() => { reply(message); }}><IconArrowBackUp size={15} /></button> : null}
      {reachable ? <button type="button" className={classes.action} title={t('inbox.message.react')} aria-label={t('inbox.message.react')} onClick={() => { setOpen(!open); }} aria-expanded={open}><IconMoodSmile size={15} /></button> : null}
      {message.text && message.revoked === null ? <button type="button" className={classes.action} title={t('inbox.message.copy')} aria-label={t('inbox.message.copy')} onClick={() => { void handleCopy(); }}><IconCopy size={14} /></button> : null}
      {open ? (
        <div className={classes.picker} role="group" aria-label={t('inbox.message.react')}>
          {EMOJI.map((emoji) => (
            <button key={emoji} type="button" className={classes.emoji} aria-pressed={emoji === mine} aria-label={t('inbox.message.reactWith', { emoji })} onClick={() => { handleReact(emoji); }}>{emoji}</button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

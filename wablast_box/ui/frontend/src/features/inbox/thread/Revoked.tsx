import { useState } from 'react';
import type { Message } from '@/api/types';
import { IconBan } from '@/design/icons';
import { t } from '@/lib/i18n';
import { MessageBody } from '../kinds/MessageBody';
import classes from './Bubble.module.css';

interface RevokedProps {
  message: Message;
}

/** A message that was taken back: said so, and what it was only for whoever asks. */
export function Revoked({ message }: RevokedProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <span className={classes.revoked}><IconBan size={14} aria-hidden /> {t(message.revoked?.by === 'us' ? 'thread.message.revokedOut' : 'thread.message.revokedIn')}</span>
      {open ? <div className={classes.former}><MessageBody message={message} /></div> : null}
      <button type="button" className={classes.reveal} aria-expanded={open} onClick={() => { setOpen(!open); }}>{t(open ? 'thread.message.hideSaid' : 'thread.message.wasSaid')}</button>
    </>
  );
}

import { type KeyboardEvent, useState } from 'react';
import type { Message } from '@/api/types';
import { Dialog } from '@/design/Dialog';
import { IconButton } from '@/design/IconButton';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@/design/icons';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useSource } from './source';
import classes from './Kinds.module.css';

interface GalleryProps {
  messages: Message[];
  start: number;
  onClose: () => void;
}

/** One picture large, with the others of its album to either side. */
export function Gallery({ messages, start, onClose }: GalleryProps) {
  const [at, setAt] = useState(start);
  const message = messages[at];
  if (!message) return null;
  const step = (by: number) => { setAt((before) => Math.min(messages.length - 1, Math.max(0, before + by))); };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  };
  return (
    <Dialog title={stampOf(message.created_at)} onClose={onClose} size="auto" dim>
      <div className={classes.gallery} onKeyDown={handleKey}>
        <Large message={message} />
        <footer>
          {messages.length > 1 ? <IconButton label={t('thread.album.previous')} disabled={at === 0} onClick={() => { step(-1); }}><IconChevronLeft size={18} /></IconButton> : null}
          <span>{messages.length > 1 ? t('thread.album.position', { at: at + 1, count: messages.length }) : null}</span>
          {messages.length > 1 ? <IconButton label={t('thread.album.next')} disabled={at === messages.length - 1} onClick={() => { step(1); }}><IconChevronRight size={18} /></IconButton> : null}
        </footer>
      </div>
    </Dialog>
  );
}

interface LargeProps {
  message: Message;
}

function Large({ message }: LargeProps) {
  const { url, name, shown: drawn } = useSource(message);
  if (!url) return <p>{t('inbox.files.pending')}</p>;
  const shown = name ?? t(message.type === 'video' ? 'inbox.kinds.video' : 'inbox.kinds.image');
  return (
    <>
      {message.type === 'video' ? <video className={classes.large} src={url} controls autoPlay playsInline aria-label={t('inbox.kinds.video')} /> : drawn ? <img className={classes.large} src={drawn.large} width={drawn.width} height={drawn.height} alt={shown} /> : <p className={classes.unshown}>{t('thread.file.unshown')}</p>}
      <a className={classes.save} href={url} download={shown} aria-label={t('inbox.files.download', { name: shown })}><IconDownload size={16} aria-hidden /></a>
    </>
  );
}

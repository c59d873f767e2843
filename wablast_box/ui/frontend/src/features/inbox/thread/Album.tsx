import { lazy, Suspense, useState } from 'react';
import type { Message } from '@/api/types';
import { IconFileText, IconPlayerPlay } from '@/design/icons';
import { timeOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { useSource } from '../kinds/source';
import { Actions } from './Actions';
import { useThread } from './context';
import { Meta } from './Meta';
import bubble from './Bubble.module.css';
import classes from './Album.module.css';

const Gallery = lazy(() => import('../kinds/Gallery').then((module) => ({ default: module.Gallery })));

interface AlbumProps {
  messages: Message[];
  run: boolean;
  flash: boolean;
}

const SHOWN = 4;

/** Pictures that came one after the other, as tiles. A tile opens all of them. */
export function Album({ messages, run, flash }: AlbumProps) {
  const { customer, hover } = useThread();
  const [open, setOpen] = useState<number | null>(null);
  const [over, setOver] = useState<Message | null>(null);
  const last = messages.at(-1);
  if (!last) return null;
  const shown = messages.slice(0, SHOWN);
  const hidden = messages.length - shown.length;
  const who = last.direction === 'in' ? customer : last.sender?.name ?? t('inbox.message.fromYou');
  return (
    <article className={bubble.line} data-dir={last.direction} data-run={run || undefined} data-flash={flash || undefined} aria-label={`${who}, ${plural('thread.album.label', messages.length)}, ${timeOf(last.created_at)}`} onPointerLeave={() => { hover(null); }}>
      <div className={bubble.row}>
        <div className={bubble.bubble} data-kind="album">
          <div className={classes.tiles} data-count={Math.min(messages.length, SHOWN)}>
            {shown.map((message, at) => (
              <Tile
                key={message.client_key ?? message.id} message={message} more={at === SHOWN - 1 ? hidden : 0} label={t('thread.album.position', { at: at + 1, count: messages.length })}
                onOpen={() => { setOpen(at); }} onOver={() => { hover(message); setOver(message); }}
              />
            ))}
          </div>
          <Meta message={last} />
        </div>
        <Actions message={over ?? last} />
      </div>
      {open === null ? null : <Suspense><Gallery messages={messages} start={open} onClose={() => { setOpen(null); }} /></Suspense>}
    </article>
  );
}

interface TileProps {
  message: Message;
  more: number;
  label: string;
  onOpen: () => void;
  onOver: () => void;
}

function Tile({ message, more, label, onOpen, onOver }: TileProps) {
  const { url, shown, unfit } = useSource(message);
  const isVideo = message.type === 'video';
  return (
    <button type="button" className={classes.tile} onClick={onOpen} onPointerEnter={onOver} aria-label={`${t(isVideo ? 'inbox.kinds.video' : 'inbox.kinds.image')}, ${label}`}>
      {isVideo && url ? <video src={`${url}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} /> : shown ? <img src={shown.small} alt="" loading="lazy" decoding="async" /> : unfit ? <IconFileText size={26} stroke={1.4} aria-hidden /> : <span className={classes.pulse} aria-hidden />}
      {isVideo && more === 0 ? <span className={classes.play} aria-hidden><IconPlayerPlay size={18} /></span> : null}
      {more > 0 ? <span className={classes.more}>{t('thread.album.more', { count: more })}</span> : null}
    </button>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { answer, api } from '@/api/client';
import { useSession } from '@/api/session';
import type { Message } from '@/api/types';
import { IconAlertTriangle, IconDownload, IconFileText, IconFileTypePdf, IconFileTypeXls, IconRefresh } from '@/design/icons';
import { bytes } from '@/lib/bytes';
import { plural, t } from '@/lib/i18n';
import { calm, isSeen } from '@/lib/plain';
import { toastError } from '@/lib/toasts';
import { useThread } from '../thread/context';
import { patchMessage } from '../useInboxLive';
import { Markup } from './Markup';
import { useSource } from './source';
import { VoicePlayer } from './VoicePlayer';
import classes from './Kinds.module.css';

const Gallery = lazy(() => import('./Gallery').then((module) => ({ default: module.Gallery })));

interface MediaProps {
  message: Message;
  caption?: string;
}

export function PictureBody({ message, caption }: MediaProps) {
  const { shown, unfit } = useSource(message);
  const [open, setOpen] = useState(false);
  const [away, setAway] = useState(false);
  const alt = t('inbox.files.imageAlt', { name: calm(message.sender?.name ?? t('inbox.person.label')) });
  if (unfit) return <DocumentBody message={message} caption={caption} />;
  return (
    <>
      {shown && away ? (
        <button type="button" className={classes.missing} data-shape="picture" onClick={() => { setAway(false); }}><IconRefresh size={14} aria-hidden /> {t('thread.file.away')}</button>
      ) : shown ? (
        <button type="button" className={classes.picture} data-sized={shown.width ? true : undefined} onClick={() => { setOpen(true); }} aria-label={t('inbox.files.open', { name: alt })}>
          <img src={shown.small} width={shown.width} height={shown.height} alt={alt} loading="lazy" decoding="async" onError={() => { setAway(true); }} />
        </button>
      ) : <Missing message={message} shape="picture" />}
      {open && shown ? <Suspense><Gallery messages={[message]} start={0} onClose={() => { setOpen(false); }} /></Suspense> : null}
      {caption ? <Markup text={caption} /> : null}
    </>
  );
}

export function VideoBody({ message, caption }: MediaProps) {
  const { url } = useSource(message);
  return (
    <>
      {url ? <video className={classes.video} src={url} controls preload="metadata" playsInline aria-label={t('inbox.kinds.video')} /> : <Missing message={message} shape="picture" />}
      {caption ? <Markup text={caption} /> : null}
    </>
  );
}

export function StickerBody({ message }: MediaProps) {
  const { shown, unfit } = useSource(message);
  if (unfit) return <DocumentBody message={message} />;
  return shown ? <img className={classes.sticker} src={shown.small} alt={t('inbox.files.stickerAlt')} loading="lazy" /> : <Missing message={message} shape="square" />;
}

export function AudioBody({ message }: MediaProps) {
  const { url } = useSource(message);
  return url ? <VoicePlayer url={url} voice={message.attachment?.voice ?? false} /> : <Missing message={message} shape="line" />;
}

const FILE_ICONS = [
  { test: /pdf/, icon: IconFileTypePdf },
  { test: /excel|spreadsheet|csv/, icon: IconFileTypeXls },
];

export function DocumentBody({ message, caption }: MediaProps) {
  const { url, name } = useSource(message);
  const type = message.attachment?.mime_type ?? '';
  const shown = name && isSeen(name) ? calm(name) : t('thread.file.unnamed');
  const pages = usePages(message);
  const Icon = FILE_ICONS.find(({ test }) => test.test(type))?.icon ?? IconFileText;
  const facts = (
    <>
      <Icon size={26} stroke={1.4} aria-hidden />
      <span>
        <b><bdi>{shown}</bdi></b>
        <small>{[pages ? plural('thread.file.pages', pages) : '', message.attachment?.size ? bytes(message.attachment.size) : ''].filter(Boolean).join(' · ')}</small>
      </span>
    </>
  );
  return (
    <>
      {url ? <a className={classes.document} href={url} download={name ?? shown} aria-label={t('inbox.files.download', { name: shown })}>{facts}<IconDownload size={16} aria-hidden /></a> : <div className={classes.document}>{facts}</div>}
      {url ? null : <Missing message={message} shape="note" />}
      {caption ? <Markup text={caption} /> : null}
    </>
  );
}

/** How many pages, as far as the file says so. A stored file never changes. */
function usePages({ attachment }: Message): number | null {
  const id = attachment?.state === 'stored' && attachment.mime_type === 'application/pdf' ? attachment.media_id : null;
  const { data } = useQuery({
    queryKey: ['pages', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/media/{id}/pages', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== null, staleTime: Infinity, retry: false,
  });
  return data?.pages ?? null;
}

interface MissingProps {
  message: Message;
  shape: 'picture' | 'square' | 'line' | 'note';
}

/** A file that is on its way or could not be had. It takes the room the file will need, so nothing jumps. */
function Missing({ message, shape }: MissingProps) {
  const attachment = message.attachment;
  const failed = attachment?.state === 'failed';
  return (
    <div className={classes.missing} data-shape={shape} data-failed={failed || undefined}>
      {failed ? <IconAlertTriangle size={16} stroke={1.7} aria-hidden /> : <span className={classes.pulse} aria-hidden />}
      <span>{failed ? attachment.error ?? t('inbox.files.failed') : t('inbox.files.pending')}</span>
      {failed && message.direction === 'in' ? <FetchAgain message={message} /> : null}
    </div>
  );
}

/** Meta keeps what customers send for a week: a bad hour need not cost a file. */
function FetchAgain({ message }: Pick<MissingProps, 'message'>) {
  const { mayReply } = useThread();
  const client = useQueryClient();
  const me = useSession().user?.id;
  const fetchAgain = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/messages/{id}/attachment/fetch', { params: { path: { id: message.id } } })),
    onSuccess: (next) => { patchMessage(client, next, me); },
    onError: toastError,
  });
  return mayReply ? <button type="button" disabled={fetchAgain.isPending} onClick={() => { fetchAgain.mutate(); }}><IconRefresh size={12} aria-hidden /> {t('inbox.files.again')}</button> : null;
}

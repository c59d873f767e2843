import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { useSession } from '@/api/session';
import type { Message } from '@/api/types';
import { IconAlertTriangle, IconClock, IconHelp, IconRefresh } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { discard, tryAgain } from '../outbox';
import { cancelUpload } from '../upload';
import { patchMessage } from '../useInboxLive';
import { usePending } from '../usePending';
import { useThread } from './context';
import classes from './Trouble.module.css';

interface TroubleProps {
  message: Message;
}

/** Why a message did not get there, in words, and what to do now. */
export function Trouble({ message }: TroubleProps) {
  const pending = usePending(message);
  if (pending?.state === 'waiting') {
    return <p className={classes.trouble} data-tone="quiet"><IconClock size={13} aria-hidden /> <span>{t('inbox.trouble.waiting')}</span></p>;
  }
  if (pending?.state === 'sending' && pending.file && pending.progress !== null) return <Uploading name={pending.key} file={pending.file} progress={pending.progress} />;
  if (pending?.state === 'refused') return <Refused message={message} />;
  if (message.state === 'failed') return <Failed message={message} />;
  return message.state === 'unconfirmed' ? <Unconfirmed message={message} /> : null;
}

interface UploadingProps {
  name: string;
  file: File;
  progress: number;
}

function Uploading({ name, file, progress }: UploadingProps) {
  const handleCancel = () => {
    discard(name);
    cancelUpload(file);
  };
  return (
    <p className={classes.trouble} data-tone="quiet">
      <IconClock size={13} aria-hidden /> <span>{t('composer.upload.progress', { part: Math.round(progress * 100) })}</span>
      <button type="button" onClick={handleCancel}>{t('composer.upload.cancel')}</button>
    </p>
  );
}

function Refused({ message }: TroubleProps) {
  const { edit } = useThread();
  const pending = usePending(message);
  if (!pending) return null;
  const words = pending.body.text?.body;
  return (
    <div className={classes.trouble} role="alert">
      <IconAlertTriangle size={14} aria-hidden />
      <span><b>{pending.problem?.message ?? t('inbox.trouble.refused')}</b> {pending.problem?.help}</span>
      <span className={classes.buttons}>
        <button type="button" onClick={() => { tryAgain(pending.key); }}>{t('inbox.trouble.retry')}</button>
        {words ? <button type="button" onClick={() => { discard(pending.key); edit(words); }}>{t('inbox.trouble.edit')}</button> : null}
        <button type="button" onClick={() => { discard(pending.key); }}>{t('inbox.trouble.discard')}</button>
      </span>
    </div>
  );
}

function useRetry(message: Message) {
  const client = useQueryClient();
  const me = useSession().user?.id;
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/messages/{id}/retry', { params: { path: { id: message.id } } })),
    onSuccess: (next) => { patchMessage(client, next, me); },
    onError: toastError,
  });
}

function Failed({ message }: TroubleProps) {
  const { mayReply } = useThread();
  const retry = useRetry(message);
  const { error } = message;
  return (
    <div className={classes.trouble}>
      <IconAlertTriangle size={14} aria-hidden />
      <span><b>{error?.title ?? t('inbox.trouble.failed')}</b> {error?.advice} {error?.code ? <small>{t('inbox.trouble.code', { code: error.code })}</small> : null}</span>
      {mayReply ? <button type="button" disabled={retry.isPending} onClick={() => { retry.mutate(); }}><IconRefresh size={12} aria-hidden /> {t('inbox.trouble.retry')}</button> : null}
    </div>
  );
}

function Unconfirmed({ message }: TroubleProps) {
  const { mayReply } = useThread();
  const retry = useRetry(message);
  return (
    <div className={classes.trouble} data-tone="warn">
      <IconHelp size={14} aria-hidden />
      <span><b>{t('inbox.trouble.unconfirmed')}</b> {t('inbox.trouble.unconfirmedHelp')}</span>
      {mayReply ? <button type="button" disabled={retry.isPending} onClick={() => { retry.mutate(); }}>{t('inbox.trouble.again')}</button> : null}
    </div>
  );
}

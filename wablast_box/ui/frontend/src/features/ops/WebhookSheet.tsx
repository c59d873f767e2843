import { useQuery } from '@tanstack/react-query';
import { useMay } from '@/api/session';
import type { WebhookEventDetail } from '@/api/types';
import { Button } from '@/design/Button';
import { Facts } from '@/design/Facts';
import { IconButton } from '@/design/IconButton';
import { IconCopy, IconRefresh } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { bytes } from '@/lib/bytes';
import { copyText } from '@/lib/clipboard';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { pretty } from './pretty';
import { useDismiss, useReplay, webhookQuery } from './queries';
import { StateBadge } from './StateBadge';
import { summaryWords } from './summary';
import classes from './Ops.module.css';

interface WebhookSheetProps {
  id: string;
  onClose: () => void;
}

/** One webhook: what became of it, why, what was in it, and once more. */
export function WebhookSheet({ id, onClose }: WebhookSheetProps) {
  const event = useQuery(webhookQuery(id));
  const mayReplay = useMay('webhooks.replay');
  const replay = useReplay(id);
  const handleReplay = () => {
    replay.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('ops.webhooks.replayed') }); }, onError: toastError });
  };
  const dismiss = useDismiss(id);
  const handleDismiss = () => {
    dismiss.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('ops.webhooks.dismissed') }); onClose(); }, onError: toastError });
  };
  const footer = mayReplay && event.data ? (
    <>
      <p className={classes.footHelp}>{t('ops.webhooks.replayHelp')}</p>
      {event.data.state === 'failed' ? <Button kind="quiet" loading={dismiss.isPending} onClick={handleDismiss}>{t('ops.webhooks.dismiss')}</Button> : null}
      <Button leftSection={<IconRefresh size={14} />} loading={replay.isPending || event.data.state === 'pending'} onClick={handleReplay}>{t('ops.webhooks.replay')}</Button>
    </>
  ) : null;
  const title = event.data ? t('ops.webhooks.detail', { when: stampOf(event.data.received_at) }) : t('ops.webhooks.title');
  return (
    <Sheet opened title={title} size={620} onClose={onClose} footer={footer}>
      <Loaded query={event}>{(found) => <Detail event={found} />}</Loaded>
    </Sheet>
  );
}

interface DetailProps {
  event: WebhookEventDetail;
}

function Detail({ event }: DetailProps) {
  const body = pretty(event.body);
  const handleCopy = () => { void copyText(body).then((done) => { if (done) toast({ tone: 'good', title: t('ops.webhooks.bodyCopied') }); }); };
  return (
    <div className={classes.detail}>
      <Facts
        items={[
          { label: t('ops.webhooks.state'), value: <StateBadge state={event.state} /> },
          { label: t('ops.webhooks.content'), value: summaryWords(event.summary) },
          { label: t('ops.webhooks.source'), value: event.source },
          { label: t('ops.webhooks.processed'), value: event.processed_at ? stampOf(event.processed_at) : null },
          { label: t('ops.webhooks.attempts'), value: event.attempts },
          { label: t('ops.webhooks.size'), value: bytes(event.size) },
        ]}
      />
      {event.error ? (
        <Notice tone="bad" title={t('ops.webhooks.reason')}>
          <p className={classes.reasonLong}>{event.error}</p>
          {t('ops.webhooks.whatNow')}
        </Notice>
      ) : null}
      <section>
        <header className={classes.bodyHead}>
          <h3>{t('ops.webhooks.body')}</h3>
          <IconButton label={t('ops.webhooks.copyBody')} onClick={handleCopy}><IconCopy size={16} stroke={1.7} /></IconButton>
        </header>
        <p className={classes.bodyHelp}>{t(event.is_masked ? 'ops.webhooks.bodyMasked' : 'ops.webhooks.bodyHelp')} {event.is_cut ? t('ops.webhooks.bodyCut') : ''}</p>
        <pre className={classes.body} tabIndex={0} aria-label={t('ops.webhooks.body')}>{body}</pre>
      </section>
    </div>
  );
}

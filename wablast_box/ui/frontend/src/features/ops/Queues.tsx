import { Link } from '@tanstack/react-router';
import type { Diagnostics } from '@/api/types';
import { Panel } from '@/design/Panel';
import { plural, t } from '@/lib/i18n';
import { Figure } from './Figure';
import { age } from './sizes';
import classes from './Ops.module.css';

interface QueuesProps {
  figures: Diagnostics;
  at: number;
}

export function Queues({ figures: { webhook_events: incoming, outbox, attachments, tasks }, at }: QueuesProps) {
  return (
    <Panel title={t('ops.status.queues')}>
      <dl className={classes.figures}>
        <Figure label={t('ops.status.incoming')} help={t('ops.status.incomingHelp')} value={incoming.pending} at={at}>
          <Oldest seconds={incoming.oldest_pending_age_s} />
          {incoming.failed ? <Link to="/settings/webhooks" search={{ state: 'failed' }} className={classes.bad}>{plural('ops.status.keptAside', incoming.failed)}</Link> : null}
        </Figure>
        <Figure label={t('ops.status.outgoing')} help={t('ops.status.outgoingHelp')} value={outbox.queued + outbox.sending} at={at}>
          <Oldest seconds={outbox.oldest_queued_age_s} />
          {outbox.sending ? <span>{plural('ops.status.sending', outbox.sending)}</span> : null}
          {outbox.unconfirmed ? <span className={classes.bad} title={t('ops.status.unconfirmedHelp')}>{plural('ops.status.unconfirmed', outbox.unconfirmed)}</span> : null}
        </Figure>
        <Figure label={t('ops.status.media')} help={t('ops.status.mediaHelp')} value={attachments.pending} at={at}>
          {attachments.failed ? <span className={classes.bad}>{plural('ops.status.failed', attachments.failed)}</span> : <Oldest seconds={attachments.pending ? undefined : null} />}
        </Figure>
        <Figure label={t('ops.status.tasks')} help={t('ops.status.tasksHelp')} value={tasks.queued} at={at}>
          <Oldest seconds={tasks.queued ? undefined : null} />
        </Figure>
      </dl>
    </Panel>
  );
}

interface OldestProps {
  /** Null: nothing waits. Undefined: the box does not say. */
  seconds: number | null | undefined;
}

function Oldest({ seconds }: OldestProps) {
  if (seconds === undefined) return null;
  if (seconds === null) return <span>{t('ops.status.nothingWaits')}</span>;
  return <span className={seconds > 60 ? classes.bad : undefined}>{t('ops.status.oldest', { age: age(seconds) })}</span>;
}

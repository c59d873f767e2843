import type { WebhookEvent } from '@/api/types';
import type { Column } from '@/design/Table';
import { bytes } from '@/lib/bytes';
import { listTime, stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { StateBadge } from './StateBadge';
import { summaryWords } from './summary';
import classes from './Ops.module.css';

interface MomentProps {
  at: string;
}

/** The exact moment where there is room for it, the time or the day on a phone. */
function Moment({ at }: MomentProps) {
  const now = useNow();
  return (
    <>
      <span className={classes.long}>{stampOf(at)}</span>
      <span className={classes.short}>{listTime(at, now)}</span>
    </>
  );
}

export const columns = (onOpen: (id: string) => void): Column<WebhookEvent>[] => [
  {
    key: 'received',
    title: t('ops.webhooks.received'),
    cell: (event) => (
      <button
        type="button"
        className={`${classes.open ?? ''} ${classes.when ?? ''}`}
        aria-label={t('ops.webhooks.open', { when: stampOf(event.received_at) })}
        onClick={(click) => { click.stopPropagation(); onOpen(event.id); }}
      >
        <Moment at={event.received_at} />
      </button>
    ),
  },
  {
    key: 'content',
    title: t('ops.webhooks.content'),
    cell: (event) => (
      <span className={classes.content}>
        {summaryWords(event.summary)}
        {event.error ? <span className={classes.reason}>{event.error}</span> : null}
      </span>
    ),
  },
  { key: 'state', title: t('ops.webhooks.state'), width: '110px', cell: (event) => <StateBadge state={event.state} /> },
  { key: 'attempts', title: t('ops.webhooks.attempts'), width: '64px', align: 'end', minor: true, cell: (event) => event.attempts },
  { key: 'size', title: t('ops.webhooks.size'), width: '80px', align: 'end', minor: true, cell: (event) => bytes(event.size) },
];

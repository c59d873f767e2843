import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Conversation, ScheduledMessage } from '@/api/types';
import { IconAlertTriangle, IconCalendarClock, IconChevronDown } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { calm, cut } from '@/lib/plain';
import { toast, toastError } from '@/lib/toasts';
import { body, text } from '../../content';
import { whenOf } from './later';
import { scheduledQuery, useCancelScheduled } from './scheduled';
import classes from './Extras.module.css';

const ScheduleSheet = lazy(async () => ({ default: (await import('./ScheduleSheet')).ScheduleSheet }));

interface ScheduledBarProps {
  conversation: Conversation;
}

/** What is still to come in this conversation; what did not go stays in sight until somebody decides. */
export default function ScheduledBar({ conversation }: ScheduledBarProps) {
  const { data: all = [] } = useQuery(scheduledQuery(conversation.id));
  const now = useNow();
  const [open, setOpen] = useState(false);
  const [edited, setEdited] = useState<ScheduledMessage | null>(null);
  const waiting = all.filter((one) => one.state !== 'failed');
  const failed = all.filter((one) => one.state === 'failed');
  const [next] = waiting;
  if (all.length === 0) return null;
  return (
    <section className={classes.scheduled} aria-label={t('composer.scheduledLabel')}>
      {failed.map((one) => <Line key={one.id} one={one} now={now} onEdit={setEdited} />)}
      {next ? (
        <button type="button" className={classes.scheduledHead} aria-expanded={open} onClick={() => { setOpen(!open); }}>
          <IconCalendarClock size={14} aria-hidden /> {plural('composer.waiting', waiting.length)}, {t('composer.scheduledNext', { when: whenOf(next.at, now) })} <IconChevronDown size={13} aria-hidden data-open={open || undefined} />
        </button>
      ) : null}
      {open ? waiting.map((one) => <Line key={one.id} one={one} now={now} onEdit={setEdited} />) : null}
      {edited ? <Suspense><ScheduleSheet key={edited.id} conversation={conversation} parts={[]} existing={edited} onDone={() => { setEdited(null); }} onClose={() => { setEdited(null); }} /></Suspense> : null}
    </section>
  );
}

interface LineProps {
  one: ScheduledMessage;
  now: number;
  onEdit: (one: ScheduledMessage) => void;
}

function Line({ one, now, onEdit }: LineProps) {
  const cancel = useCancelScheduled(one.conversation_id);
  const failed = one.state === 'failed';
  const when = whenOf(one.at, now);
  const handleCancel = () => {
    cancel.mutate(one.id, { onSuccess: () => { toast({ tone: 'info', title: t('composer.later.cancelled') }); }, onError: toastError });
  };
  return (
    <div className={classes.scheduledLine} data-failed={failed || undefined} role={failed ? 'alert' : undefined}>
      {failed ? <IconAlertTriangle size={14} aria-hidden /> : null}
      <div>
        <b>{failed ? t('composer.scheduledFailed', { when }) : one.author.name ? t('composer.scheduledBy', { when, name: calm(one.author.name) }) : when}</b>
        <span dir="auto">{wordsOf(one)}</span>
        {failed ? <small>{one.error?.message} {one.error?.help}</small> : null}
      </div>
      <button type="button" onClick={() => { onEdit(one); }}>{t(failed ? 'composer.scheduledAgain' : 'composer.scheduledEdit')}</button>
      <button type="button" disabled={cancel.isPending} onClick={handleCancel}>{t(failed ? 'composer.scheduledDiscard' : 'composer.scheduledCancel')}</button>
    </div>
  );
}

const LONGEST = 140;

function wordsOf({ message }: ScheduledMessage): string {
  const type = text(message['type']);
  const inner = body(message[type]);
  const words = text(inner['body']) || text(body(inner['body'])['text']) || text(inner['caption']) || text(inner['name']) || text(inner['filename']);
  return cut(calm(words) || type, LONGEST);
}

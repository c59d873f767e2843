import { useQuery } from '@tanstack/react-query';
import type { Conversation } from '@/api/types';
import { IconClockExclamation, IconHourglassEmpty } from '@/design/icons';
import { targetsQuery } from '@/features/desk/queries';
import { shortDuration, stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { promised } from './promise';
import { useTurn } from './useTurn';
import classes from './List.module.css';

interface WaitMarkProps {
  conversation: Conversation;
  now: number;
}

/** The customer waits: how long there is still, where something is promised, and in red when it is late. */
export function WaitMark({ conversation, now }: WaitMarkProps) {
  const { data: targets = [] } = useQuery(targetsQuery);
  const due = promised(conversation, targets, useTurn(promised(conversation, targets, now)?.dueAt ?? null, now));
  const since = conversation.waiting_since_at;
  if (since === null) return null;
  if (due === null) {
    const words = t('list.row.waiting', { since: stampOf(since) });
    return <span className={classes.mark} data-tone="wait" role="img" aria-label={words} title={words}><IconHourglassEmpty size={13} stroke={1.8} /></span>;
  }
  const at = stampOf(new Date(due.dueAt).toISOString());
  const words = t(due.late ? 'list.row.late' : 'list.row.due', { at });
  return (
    <span className={classes.due} data-late={due.late || undefined} data-soon={due.soon || undefined} role="img" aria-label={words} title={words}>
      {due.late ? <IconClockExclamation size={12} stroke={2} /> : <IconHourglassEmpty size={12} stroke={1.8} />}
      {due.late ? t('list.row.lateShort') : shortDuration(Math.max(60_000, due.dueAt - now + 30_000))}
    </span>
  );
}

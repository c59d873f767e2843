import type { Message } from '@/api/types';
import { stampOf, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { usePending } from '../usePending';
import { Ticks } from './Ticks';
import { Writer } from './Writer';
import classes from './Bubble.module.css';

interface MetaProps {
  message: Message;
}

/** The time, who of us wrote it, and how far it got. */
export function Meta({ message }: MetaProps) {
  const pending = usePending(message);
  return (
    <span className={classes.meta}>
      <Writer sender={message.sender} />
      <time dateTime={message.created_at} title={momentsOf(message)}>{timeOf(message.created_at)}</time>
      {pending?.progress != null ? <span>{t('inbox.states.uploading', { percent: Math.round(pending.progress * 100) })}</span> : null}
      {message.direction === 'out' ? <Ticks state={message.state} label={pending?.state === 'waiting' ? t('inbox.states.waiting') : undefined} /> : null}
    </span>
  );
}

/** Each step with its moment, for whoever asks "when did they read it?". */
function momentsOf(message: Message): string {
  const moments = [
    ['sent', message.sent_at],
    ['delivered', message.delivered_at],
    ['read', message.read_at],
  ] as const;
  const known = moments.flatMap(([state, at]) => (at ? [t('inbox.states.at', { state: t(`inbox.states.${state}`), at: stampOf(at) })] : []));
  return known.length > 0 ? known.join('\n') : stampOf(message.created_at);
}

import { useSession } from '@/api/session';
import type { Message } from '@/api/types';
import { IconArrowForwardUp, IconBan } from '@/design/icons';
import { stampOf, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { MessageBody } from '../kinds/MessageBody';
import type { MessageRow } from '../rows';
import { usePending } from '../usePending';
import { Actions } from './Actions';
import { useThread } from './context';
import { Quote } from './Quote';
import { Ticks } from './Ticks';
import { Trouble } from './Trouble';
import classes from './Bubble.module.css';

interface BubbleProps {
  row: MessageRow;
  flash: boolean;
}

const BARE = new Set(['sticker']);
/** These have a width of their own, which the words under them follow. */
const MEDIA = new Set(['image', 'video', 'audio', 'document']);

export function Bubble({ row: { message, run, reactions, edited, revoked }, flash }: BubbleProps) {
  const { hover } = useThread();
  const hasTrouble = message.state === 'failed' || message.state === 'unconfirmed';
  return (
    <article
      className={classes.line}
      data-dir={message.direction}
      data-run={run || undefined}
      data-flash={flash || undefined}
      aria-label={`${useWho(message)}, ${timeOf(message.created_at)}`}
      onPointerEnter={() => { hover(message); }}
      onPointerLeave={() => { hover(null); }}
    >
      <div className={classes.row}>
        <div className={classes.bubble} data-kind={MEDIA.has(message.type) ? message.type : undefined} data-bare={BARE.has(message.type) || undefined} data-trouble={hasTrouble || undefined} data-reacted={reactions.length > 0 || undefined}>
          {message.forwarded ? <span className={classes.forwarded}><IconArrowForwardUp size={12} aria-hidden /> {t('inbox.message.forwarded')}</span> : null}
          {message.reply_to ? <Quote replyTo={message.reply_to} /> : null}
          {revoked ? <span className={classes.revoked}><IconBan size={14} aria-hidden /> {t('inbox.message.revoked')}</span> : null}
          <div className={classes.content} data-revoked={revoked || undefined}><MessageBody message={message} edited={edited} /></div>
          <Meta message={message} edited={edited !== null} />
          {reactions.length > 0 ? (
            <span className={classes.reactions}>
              {reactions.map(({ emoji, direction }) => <span key={direction} role="img" aria-label={direction === 'in' ? t('inbox.message.reactionIn', { emoji }) : t('inbox.message.reactionOut', { emoji })}>{emoji}</span>)}
            </span>
          ) : null}
        </div>
        <Actions message={message} reactions={reactions} />
      </div>
      <Trouble message={message} />
    </article>
  );
}

function useWho(message: Message): string {
  const { customer } = useThread();
  if (message.direction === 'in') return customer;
  return message.sender?.name ?? t('inbox.message.fromYou');
}

interface MetaProps {
  message: Message;
  edited: boolean;
}

/** The time, who of us wrote it, and how far it got. */
function Meta({ message, edited }: MetaProps) {
  const me = useSession().user?.name;
  const pending = usePending(message);
  const sender = message.sender?.name && message.sender.name !== me ? message.sender.name : null;
  return (
    <span className={classes.meta}>
      {edited ? <span>{t('inbox.message.edited')}</span> : null}
      {sender ? <bdi>{sender}</bdi> : null}
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

import type { Message } from '@/api/types';
import { IconArrowBackUp, IconArrowForwardUp, IconArrowsRight } from '@/design/icons';
import { timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { body } from '../content';
import { MessageBody } from '../kinds/MessageBody';
import type { MessageRow } from '../rows';
import { Actions } from './Actions';
import { useThread } from './context';
import { Earlier } from './Earlier';
import { Meta } from './Meta';
import { Quote } from './Quote';
import { Revoked } from './Revoked';
import { Trouble } from './Trouble';
import { useSwipe } from './useSwipe';
import classes from './Bubble.module.css';

interface BubbleProps {
  row: MessageRow;
  flash: boolean;
}

const BARE = new Set(['sticker']);
/** These have a width of their own, which the words under them follow. */
const MEDIA = new Set(['image', 'video', 'audio', 'document', 'location']);

/** Ends in a block, so that the time stands below it. */
const BLOCKS = new Set(['interactive', 'location', 'contacts', 'order', 'template', 'unsupported', 'audio']);

export function Bubble({ row: { message, run }, flash }: BubbleProps) {
  const { hover, mayReply, reply } = useThread();
  const hasTrouble = message.state === 'failed' || message.state === 'unconfirmed';
  const gone = message.revoked !== null;
  const { swiping, handlers } = useSwipe(mayReply && message.wamid !== null && !gone ? () => { reply(message); } : null);
  return (
    <article
      className={classes.line}
      data-dir={message.direction}
      data-run={run || undefined}
      data-flash={flash || undefined}
      data-swiping={swiping}
      aria-label={`${useWho(message)}, ${timeOf(message.created_at)}`}
      onPointerEnter={() => { hover(message); }}
      onPointerLeave={() => { hover(null); }}
    >
      <div className={classes.row} {...handlers}>
        {swiping ? <span className={classes.swipe}><IconArrowBackUp size={17} aria-hidden /></span> : null}
        <div className={classes.bubble} data-kind={!gone && MEDIA.has(message.type) ? message.type : undefined} data-block={BLOCKS.has(message.type) || undefined} data-bare={(!gone && BARE.has(message.type)) || undefined} data-gone={gone || undefined} data-amended={gone || message.edited !== null || undefined} data-trouble={hasTrouble || undefined} data-reacted={message.reactions.length > 0 || undefined}>
          <Forwarded message={message} />
          {message.reply_to ? <Quote replyTo={message.reply_to} /> : null}
          {gone ? <Revoked message={message} /> : <div className={classes.content}><MessageBody message={message} /></div>}
          {message.edited && !gone ? <Earlier edited={message.edited} direction={message.direction} /> : null}
          <Meta message={message} />
          <Reactions message={message} />
        </div>
        <Actions message={message} />
      </div>
      <Trouble message={message} />
    </article>
  );
}

function useWho(message: Message): string {
  const { customer } = useThread();
  if (message.direction === 'in') return customer;
  return calm(message.sender?.name ?? t('inbox.message.fromYou'));
}

interface PartProps {
  message: Message;
}

function Forwarded({ message }: PartProps) {
  if (!message.forwarded) return null;
  const often = body(message.content)['frequently_forwarded'] === true;
  const Icon = often ? IconArrowsRight : IconArrowForwardUp;
  return <span className={classes.forwarded}><Icon size={12} aria-hidden /> {t(often ? 'thread.message.forwardedOften' : 'inbox.message.forwarded')}</span>;
}

function Reactions({ message: { reactions } }: PartProps) {
  if (reactions.length === 0) return null;
  return (
    <span className={classes.reactions}>
      {reactions.map(({ emoji, by, name }) => <span key={by} role="img" title={by === 'us' && name ? t('thread.message.reactedUs', { name: calm(name), emoji: calm(emoji) }) : undefined} aria-label={t(by === 'customer' ? 'inbox.message.reactionIn' : 'inbox.message.reactionOut', { emoji: calm(emoji) })}>{calm(emoji)}</span>)}
    </span>
  );
}

import type { Message } from '@/api/types';
import { IconCornerUpLeft } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, named, text } from '../content';
import { FormAnswer } from './FormAnswer';
import { SentInteractive } from './SentInteractive';
import classes from './Kinds.module.css';

interface InteractiveBodyProps {
  message: Message;
}

/** Buttons and lists that we sent as the customer sees them; what the customer tapped as an answer. */
export function InteractiveBody({ message }: InteractiveBodyProps) {
  const content = body(message.content);
  if (message.direction === 'out' && message.type === 'interactive') return <SentInteractive content={content} />;
  const reply = named(content);
  if (text(content['type']) === 'nfm_reply') return <FormAnswer reply={reply} />;
  const description = calm(text(reply['description'])) || cardOf(content);
  return (
    <span className={classes.tapped}>
      <IconCornerUpLeft size={14} role="img" aria-label={t('inbox.interactive.tapped')} />
      <span>
        <b dir="auto">{titleOf(content, reply, message)}</b>
        {description ? <small dir="auto">{description}</small> : null}
      </span>
    </span>
  );
}

/** The same button stands under every card of a template: the box has it answer with the card's number. */
function cardOf(content: Body): string {
  const [, at] = /^card (\d{1,2}): /.exec(text(content['payload'])) ?? [];
  return at && text(content['payload']) === `card ${at}: ${text(content['text'])}` ? t('thread.interactive.card', { at }) : '';
}

function titleOf(content: Body, reply: Body, message: Message): string {
  if (text(content['type']) === 'call_permission_reply') return t(text(reply['response']) === 'accept' ? 'thread.interactive.callAllowed' : 'thread.interactive.callRefused');
  return calm(text(reply['title']) || text(content['text']) || (message.text ?? '')) || t('inbox.kinds.interactive');
}

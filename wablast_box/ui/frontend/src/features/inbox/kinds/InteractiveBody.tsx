import type { Message } from '@/api/types';
import { IconCornerUpLeft, IconExternalLink, IconList } from '@/design/icons';
import { t } from '@/lib/i18n';
import { type Body, body, list, named, text } from '../content';
import { FormAnswer } from './FormAnswer';
import { Markup } from './Markup';
import classes from './Kinds.module.css';

interface InteractiveBodyProps {
  message: Message;
}

/** Buttons and lists that we sent as the customer sees them; what the customer tapped as an answer. */
export function InteractiveBody({ message }: InteractiveBodyProps) {
  const content = body(message.content);
  if (message.direction === 'out' && message.type === 'interactive') return <Sent content={content} />;
  const reply = named(content);
  if (text(content['type']) === 'nfm_reply') return <FormAnswer reply={reply} />;
  const title = text(reply['title']) || text(content['text']) || message.text || t('inbox.kinds.interactive');
  return (
    <span className={classes.tapped}>
      <IconCornerUpLeft size={14} role="img" aria-label={t('inbox.interactive.tapped')} />
      <span>
        <b dir="auto">{title}</b>
        {text(reply['description']) ? <small dir="auto">{text(reply['description'])}</small> : null}
      </span>
    </span>
  );
}

interface SentProps {
  content: Body;
}

function Sent({ content }: SentProps) {
  const header = body(content['header']);
  const footer = text(body(content['footer'])['text']);
  return (
    <div className={classes.sent}>
      {text(header['text']) ? <b dir="auto">{text(header['text'])}</b> : null}
      <Markup text={text(body(content['body'])['text'])} />
      {footer ? <small dir="auto">{footer}</small> : null}
      <Actions action={body(content['action'])} />
    </div>
  );
}

interface ActionsProps {
  action: Body;
}

function Actions({ action }: ActionsProps) {
  const buttons = list(action['buttons']).map((button) => text(named(button)['title'])).filter(Boolean);
  const parameters = body(action['parameters']);
  const link = text(parameters['display_text']) || text(parameters['flow_cta']);
  const sections = list(action['sections']);
  return (
    <div className={classes.buttons}>
      {buttons.map((title) => <span key={title} dir="auto">{title}</span>)}
      {link ? <span dir="auto"><IconExternalLink size={13} aria-hidden /> {link}</span> : null}
      {sections.length > 0 ? <span dir="auto"><IconList size={13} aria-hidden /> {text(action['button']) || t('inbox.interactive.list')}</span> : null}
      {sections.length > 0 ? (
        <ul aria-label={t('inbox.interactive.sections')}>
          {sections.flatMap((section) => list(section['rows'])).map((row, at) => (
            <li key={at} dir="auto">{text(row['title'])}{text(row['description']) ? <small>{text(row['description'])}</small> : null}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

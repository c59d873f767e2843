import { useQuery } from '@tanstack/react-query';
import type { Message } from '@/api/types';
import { t } from '@/lib/i18n';
import { KindIcon } from '../kinds/KindIcon';
import { previewOf } from '../preview';
import { messageQuery } from '../queries';
import { useThread } from './context';
import classes from './Bubble.module.css';

interface QuoteProps {
  replyTo: NonNullable<Message['reply_to']>;
}

/** What is being answered. A click goes there, however far up it is. */
export function Quote({ replyTo }: QuoteProps) {
  const { find, jump, customer } = useThread();
  const id = replyTo.message_id;
  const here = find(id ?? '') ?? find(replyTo.wamid ?? '');
  const { data } = useQuery({ ...messageQuery(id ?? ''), enabled: !here && id !== null });
  const quoted = here ?? data;
  if (!quoted) return <span className={classes.quote}>{t('inbox.message.quotedGone')}</span>;
  return (
    <button type="button" className={classes.quote} data-dir={quoted.direction} onClick={() => { jump(quoted.id); }} aria-label={t('inbox.message.jump')}>
      <b><bdi>{quoted.direction === 'in' ? customer : quoted.sender?.name ?? t('inbox.message.quotedYou')}</bdi></b>
      <span><KindIcon message={quoted} /> <bdi>{previewOf(quoted)}</bdi></span>
    </button>
  );
}

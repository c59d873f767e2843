import { memo } from 'react';
import type { Message } from '@/api/types';
import { stampOf, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { body, text } from '../content';
import type { Row } from '../rows';
import { activityWords } from './activities';
import { Album } from './Album';
import { Bubble } from './Bubble';
import { DayLine } from './DayLine';
import { NoteBubble } from './NoteBubble';
import classes from './Thread.module.css';

interface LineProps {
  row: Row;
  flash: boolean;
}

export const Line = memo(function Line({ row, flash }: LineProps) {
  switch (row.kind) {
    case 'day':
      return <DayLine label={row.label} at={row.at} />;
    case 'new':
      return <div className={classes.new} role="separator" aria-label={t('inbox.thread.new')}><span aria-hidden>{t('inbox.thread.new')}</span></div>;
    case 'notice':
      return <Quiet words={noticeOf(row.message)} at={row.message.created_at} flash={flash} />;
    case 'activity':
      return <Quiet words={activityWords(row.activity)} at={row.activity.created_at} flash={flash} />;
    case 'note':
      return <NoteBubble note={row.note} flash={flash} />;
    case 'album':
      return <Album messages={row.messages} run={row.run} flash={flash} />;
    case 'message':
      return <Bubble row={row} flash={flash} />;
  }
});

interface QuietProps {
  words: string;
  at: string;
  flash: boolean;
}

/** A line that wants no answer. */
const Quiet = ({ words, at, flash }: QuietProps) => (
  <p className={classes.notice} data-flash={flash || undefined} title={stampOf(at)}>
    <span dir="auto">{words}</span> <time dateTime={at}>{timeOf(at)}</time>
  </p>
);

function noticeOf(message: Message): string {
  const content = body(message.content);
  const words = calm(message.text ?? '');
  if (message.type === 'request_welcome') return t('inbox.notices.welcome');
  if (message.type === 'revoke') return t('inbox.notices.revoke');
  if (message.type === 'edit') return t('inbox.notices.edit', { words });
  if (message.type === 'system') return words || calm(text(content['body'])) || t('inbox.notices.system');
  const emoji = calm(text(content['emoji']));
  return emoji ? t('inbox.notices.reaction', { emoji }) : t('inbox.notices.reactionRemoved');
}

import { memo } from 'react';
import type { Message } from '@/api/types';
import { stampOf, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { body, text } from '../content';
import type { Row } from '../rows';
import { Bubble } from './Bubble';
import classes from './Thread.module.css';

interface LineProps {
  row: Row;
  flash: boolean;
}

export const Line = memo(function Line({ row, flash }: LineProps) {
  switch (row.kind) {
    case 'day':
      return <div className={classes.day}><span>{row.label}</span></div>;
    case 'new':
      return <div className={classes.new} role="separator" aria-label={t('inbox.thread.new')}><span aria-hidden>{t('inbox.thread.new')}</span></div>;
    case 'notice':
      return (
        <p className={classes.notice} title={stampOf(row.message.created_at)}>
          <span dir="auto">{noticeOf(row.message)}</span> <time dateTime={row.message.created_at}>{timeOf(row.message.created_at)}</time>
        </p>
      );
    case 'message':
      return <Bubble row={row} flash={flash} />;
  }
});

function noticeOf(message: Message): string {
  const content = body(message.content);
  if (message.type === 'request_welcome') return t('inbox.notices.welcome');
  if (message.type === 'revoke') return t('inbox.notices.revoke');
  if (message.type === 'edit') return t('inbox.notices.edit', { words: message.text ?? '' });
  if (message.type === 'system') return message.text ?? (text(content['body']) || t('inbox.notices.system'));
  const emoji = text(content['emoji']);
  return emoji ? t('inbox.notices.reaction', { emoji }) : t('inbox.notices.reactionRemoved');
}

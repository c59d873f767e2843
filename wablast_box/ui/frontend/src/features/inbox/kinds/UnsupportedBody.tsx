import type { Message } from '@/api/types';
import { IconInfoCircle } from '@/design/icons';
import { t } from '@/lib/i18n';
import { body, list, text } from '../content';
import classes from './Kinds.module.css';

interface UnsupportedBodyProps {
  message: Message;
}

export function UnsupportedBody({ message }: UnsupportedBodyProps) {
  const content = body(message.content);
  const original = text(content['original_type']) || text(body(content['unsupported'])['type']) || (message.type === 'unsupported' ? '' : message.type);
  const reason = text(list(content['errors'])[0]?.['title']);
  return (
    <div className={classes.unsupported}>
      <IconInfoCircle size={16} stroke={1.7} aria-hidden />
      <span>
        <b>{t('inbox.unsupported.title')}</b>
        <span>{t('inbox.unsupported.help')}</span>
        {original || reason ? <code>{[original, reason].filter(Boolean).join(', ')}</code> : null}
      </span>
    </div>
  );
}

import type { Message } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { KindIcon } from '../kinds/KindIcon';
import { previewOf } from '../preview';
import classes from './Composer.module.css';

interface ReplyingProps {
  message: Message;
  customer: string;
  onCancel: () => void;
}

export function Replying({ message, customer, onCancel }: ReplyingProps) {
  return (
    <div className={classes.replying} data-dir={message.direction}>
      <div>
        <b>{message.direction === 'in' ? t('inbox.composer.replyTo', { name: customer }) : t('inbox.composer.replyToYou')}</b>
        <span><KindIcon message={message} /> <bdi>{previewOf(message)}</bdi></span>
      </div>
      <IconButton label={t('inbox.composer.cancelReply')} size={24} onClick={onCancel}><IconX size={14} /></IconButton>
    </div>
  );
}

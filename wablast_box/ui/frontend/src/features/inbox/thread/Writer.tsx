import { useSession } from '@/api/session';
import type { Message } from '@/api/types';
import { IconDeviceMobile } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import classes from './Bubble.module.css';

interface WriterProps {
  sender: Message['sender'];
}

/** Which of us wrote it: a colleague, the shop's phone, a flow, or a model that a flow asked. */
export function Writer({ sender }: WriterProps) {
  const me = useSession().user?.name;
  const name = sender?.name ? calm(sender.name) : null;
  if (sender?.kind === 'phone_app') return <IconDeviceMobile size={12} role="img" aria-label={t('thread.message.onPhone')} />;
  if (sender?.kind === 'flow') return <span title={name ?? undefined}>{t('thread.message.byFlow')}</span>;
  if (sender?.kind === 'ai') {
    const label = name ? t('thread.message.byAiIn', { flow: name }) : t('thread.message.byAi');
    return <span className={classes.ai} role="img" aria-label={label} title={label}>{t('thread.message.ai')}</span>;
  }
  return name && sender?.name !== me ? <bdi>{name}</bdi> : null;
}

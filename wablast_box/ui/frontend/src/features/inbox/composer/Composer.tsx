import type { Conversation, Message } from '@/api/types';
import { useMay } from '@/api/session';
import { IconClockHour4, IconLock } from '@/design/icons';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { useDraft } from '../drafts';
import { nameOf } from '../names';
import { ModeSwitch } from '../thread/ModeSwitch';
import { windowLeft } from '../window';
import type { ChosenFiles } from './useChosenFiles';
import { Writing } from './Writing';
import classes from './Composer.module.css';

export interface ComposerProps {
  conversation: Conversation;
  files: ChosenFiles;
  replyTo: Message | null;
  onReply: (message: Message | null) => void;
  onSent: () => void;
}

/** Where one writes, or why one cannot. */
export function Composer(props: ComposerProps) {
  const { conversation } = props;
  const now = useNow();
  const mayReply = useMay('inbox.reply');
  const left = windowLeft(conversation.window_expires_at, now);
  if (!mayReply) return <p className={classes.denied}><IconLock size={14} aria-hidden /> {t('inbox.composer.denied')}</p>;
  return left.open ? <Writing key={conversation.id} {...props} left={left} /> : <Closed conversation={conversation} />;
}

interface ClosedProps {
  conversation: Conversation;
}

function Closed({ conversation: { id, contact, window_expires_at: expiresAt } }: ClosedProps) {
  const draft = useDraft(id);
  return (
    <footer className={classes.closed}>
      <IconClockHour4 size={18} stroke={1.6} aria-hidden />
      <div>
        <b>{expiresAt ? t('inbox.composer.closedTitle') : t('inbox.composer.closedNever')}</b>
        <p>{t('inbox.composer.closedHelp', { name: nameOf(contact) })} {draft ? t('inbox.composer.draftKept') : null}</p>
      </div>
      <ModeSwitch conversationId={id} />
    </footer>
  );
}


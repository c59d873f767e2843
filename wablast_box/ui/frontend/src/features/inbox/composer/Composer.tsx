import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Conversation, Message } from '@/api/types';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { UsualKeys } from '@/design/UsualKeys';
import { IconBan, IconClockHour4, IconLock, IconTemplate } from '@/design/icons';
import { t } from '@/lib/i18n';
import { useLater } from '@/lib/later';
import { useNow } from '@/lib/now';
import { beginDrafts, useDraft } from '../drafts';
import { nameOf } from '../names';
import { FreeEntry } from '../templates/FreeEntry';
import { pick, useIsPicking } from '../templates/picking';
import { ModeSwitch } from '../thread/ModeSwitch';
import { windowLeft } from '../window';
import { PresenceLine } from './PresenceLine';
import { usePresence } from './presence';
import type { ChosenFiles } from './useChosenFiles';
import { Writing } from './Writing';
import classes from './Composer.module.css';

const TemplatePicker = lazy(() => import('../templates/TemplatePicker').then((module) => ({ default: module.TemplatePicker })));
const ScheduledBar = lazy(() => import('./extras/ScheduledBar'));

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
  const picking = useIsPicking(conversation.id);
  const later = useLater();
  usePickWhenItCloses(conversation.id, left.open);
  useEffect(() => { if (mayReply) beginDrafts(); }, [mayReply]);
  if (conversation.contact.blocked) return <Blocked conversation={conversation} />;
  if (!mayReply) return <p className={classes.denied}><IconLock size={14} aria-hidden /> {t('inbox.composer.denied')}</p>;
  return (
    <div className={classes.foots}>
      <PresenceLine conversationId={conversation.id} />
      {later ? <Suspense><ScheduledBar conversation={conversation} /></Suspense> : null}
      {picking ? <Suspense><TemplatePicker conversation={conversation} onSent={props.onSent} onClose={() => { pick(null); }} /></Suspense> : null}
      {left.open && !picking ? <Writing key={conversation.id} {...props} left={left} /> : null}
      {left.open || picking ? null : <Closed conversation={conversation} now={now} />}
    </div>
  );
}

/** The 24 hours end while somebody sits here: what can still be sent takes the composer's place, and the draft is kept. */
function usePickWhenItCloses(conversationId: string, open: boolean): void {
  const was = useRef(open);
  useEffect(() => {
    if (was.current && !open) pick(conversationId);
    was.current = open;
  }, [conversationId, open]);
}

/** Nothing goes to somebody who is blocked; notes do not leave the box. */
function Blocked({ conversation: { id, contact } }: Pick<ComposerProps, 'conversation'>) {
  return (
    <footer className={classes.closed}>
      <IconBan size={18} stroke={1.6} aria-hidden />
      <div>
        <b>{t('contacts.composer.blocked', { name: nameOf(contact) })}</b>
        <p>{t('contacts.composer.blockedHelp')}</p>
        <span className={classes.closedActions}><ModeSwitch conversationId={id} /></span>
      </div>
    </footer>
  );
}

/** The window is closed: why, and the way out. The draft waits. */
function Closed({ conversation: { id, contact, window_expires_at: expiresAt, free_entry_until: freeUntil }, now }: Pick<ComposerProps, 'conversation'> & { now: number }) {
  const draft = useDraft(id);
  usePresence(id, 'viewing');
  return (
    <footer className={classes.closed}>
      <IconClockHour4 size={18} stroke={1.6} aria-hidden />
      <div>
        <b>{expiresAt ? t('inbox.composer.closedTitle') : t('inbox.composer.closedNever')}</b> <FreeEntry until={freeUntil} now={now} />
        <p>{t('inbox.composer.closedHelp', { name: nameOf(contact) })} {draft ? t('inbox.composer.draftKept') : null}</p>
        <span className={classes.closedActions}>
          <Button size="xs" leftSection={<IconTemplate size={14} />} rightSection={<UsualKeys usual="t" />} onClick={() => { pick(id); }}>{t('composer.closed.template')}</Button>
          <ModeSwitch conversationId={id} />
        </span>
      </div>
    </footer>
  );
}

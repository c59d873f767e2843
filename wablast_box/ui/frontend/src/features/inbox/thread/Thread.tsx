import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMay } from '@/api/session';
import type { Conversation, Message, TimelineItem } from '@/api/types';
import { ErrorState } from '@/design/ErrorState';
import { dayBegan } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { onLive } from '@/live/events';
import { useRoom } from '@/live/useRoom';
import { Composer } from '../composer/Composer';
import { FileDrop } from '../composer/FileDrop';
import { useChosenFiles } from '../composer/useChosenFiles';
import { keepDraft } from '../drafts';
import { nameOf } from '../names';
import { enqueue, type Pending, useOutbox, withPending } from '../outbox';
import { firstUnread, rowsOf } from '../rows';
import { useTemplateKeys } from '../templates/picking';
import { windowLeft } from '../window';
import { ThreadContext, type ThreadActions } from './context';
import { Messages, type MessagesHandle } from './Messages';
import { setMode, useMode } from './mode';
import { NoteComposer } from './NoteComposer';
import { ThreadSkeleton } from './ThreadSkeleton';
import { useMarkRead } from './useMarkRead';
import { useThreadKeys } from './useThreadKeys';
import { type TimelineView, useTimeline } from './useTimeline';
import classes from './Thread.module.css';

interface ThreadProps {
  conversation: Conversation;
  /** A message to begin at: a hit of the search. */
  at?: string;
}

export function Thread({ conversation, at }: ThreadProps) {
  const { id } = conversation;
  const customer = nameOf(conversation.contact);
  const now = useNow();
  const timeline = useTimeline(id);
  const items = useWithPending(id, timeline);
  const messages = useMemo(() => items.flatMap((item) => (item.kind === 'message' ? [item.message] : [])), [items]);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [unreadAtFirst] = useState(conversation.unread_count);
  const newFrom = useNewFrom(items, unreadAtFirst);
  const today = dayBegan(now);
  const rows = useMemo(() => rowsOf(items, { newFrom, now: today }), [items, newFrom, today]);
  const handle = useRef<MessagesHandle>(null);
  const hovered = useRef<Message | null>(null);
  const files = useChosenFiles();
  const mayNote = useMay('inbox.reply');
  const mode = useMode(id);
  const mayReply = mayNote && windowLeft(conversation.window_expires_at, now).open;
  const missed = useMissed(id, timeline.later.more);
  const { jump } = timeline;
  useRoom(id);
  useMarkRead(conversation, messages.at(-1));
  useEffect(() => { if (at) jump(at); }, [at, jump]);
  const reply = useCallback((message: Message) => {
    setReplyTo(message);
    setMode(id, 'reply');
  }, [id]);
  useTemplateKeys(id);
  useThreadKeys({ conversationId: id, handle, mayReply, mayNote, last: () => hovered.current ?? messages.findLast((one) => one.direction === 'in'), reply });
  const actions = useMemo<ThreadActions>(() => ({
    conversationId: id, customer, mayReply, reply, jump, jumpTo: timeline.jumpTo,
    react: (message, emoji) => { sendReaction(id, message, emoji); },
    edit: (words) => { keepDraft(id, words); },
    find: (wanted) => messages.find((one) => one.id === wanted || one.wamid === wanted),
    hover: (message) => { hovered.current = message; },
  }), [customer, id, jump, mayReply, messages, reply, timeline.jumpTo]);
  return (
    <ThreadContext value={actions}>
      <FileDrop enabled={mayReply} onFiles={files.add}>
        {timeline.isPending ? <ThreadSkeleton /> : null}
        {timeline.error && items.length === 0 ? <ErrorState error={timeline.error} onRetry={timeline.retry} /> : null}
        {timeline.isLoaded ? <Messages ref={handle} rows={rows} timeline={timeline} customer={customer} missed={missed} /> : null}
        {items.length === 0 && timeline.isLoaded ? <p className={classes.none}>{t('inbox.thread.empty')}</p> : null}
      </FileDrop>
      {mode === 'note' && mayNote ? <NoteComposer conversation={conversation} onAdded={() => { handle.current?.toEnd(); }} /> : <Composer conversation={conversation} files={files} replyTo={replyTo} onReply={setReplyTo} onSent={() => { handle.current?.toEnd(); }} />}
    </ThreadContext>
  );
}

/** What the box knows, then what this window has not sent yet; that belongs to the newest end alone. */
function useWithPending(id: string, { items, later }: TimelineView): TimelineItem[] {
  const pending = useOutbox((state) => state.pending);
  return useMemo(() => {
    const own = later.more ? [] : pending.filter((one) => one.conversationId === id);
    return own.length === 0 ? items : [...items, ...unsent(items, own)];
  }, [id, items, later.more, pending]);
}

function unsent(items: TimelineItem[], pending: Pending[]): TimelineItem[] {
  const known = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
  return withPending(known, pending).slice(known.length).map((message) => ({ kind: 'message', message }));
}

/** The "New" line is placed once, when the conversation is opened, and stays until it is left. */
function useNewFrom(items: TimelineItem[], unread: number): string | null {
  const [newFrom, setNewFrom] = useState<string | null>(null);
  const [placed, setPlaced] = useState(false);
  if (!placed && items.length > 0) {
    setPlaced(true);
    setNewFrom(firstUnread(items, unread));
  }
  return newFrom;
}

/** How many messages of the customer came while an older part of the thread is shown. */
function useMissed(id: string, isPast: boolean): number {
  const [missed, setMissed] = useState(0);
  useEffect(() => {
    if (!isPast) return undefined;
    const stop = onLive('message.received', ({ message }) => {
      if (message.conversation_id === id && !message.about?.message_id) setMissed((count) => count + 1);
    });
    return () => {
      stop();
      setMissed(0);
    };
  }, [id, isPast]);
  return missed;
}

function sendReaction(conversationId: string, message: Message, emoji: string): void {
  const body = { type: 'reaction', reaction: { message_id: message.wamid ?? message.id, emoji } };
  enqueue({ key: crypto.randomUUID(), conversationId, body, file: null, preview: null });
}

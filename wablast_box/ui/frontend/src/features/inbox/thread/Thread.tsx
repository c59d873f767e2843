import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useMay } from '@/api/session';
import type { Conversation, Message } from '@/api/types';
import { ErrorState } from '@/design/ErrorState';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { useRoom } from '@/live/useRoom';
import { Composer } from '../composer/Composer';
import { FileDrop } from '../composer/FileDrop';
import { useChosenFiles } from '../composer/useChosenFiles';
import { keepDraft } from '../drafts';
import { nameOf } from '../names';
import { enqueue, useOutbox, withPending } from '../outbox';
import { messagesQuery } from '../queries';
import { firstUnread, rowsOf } from '../rows';
import { windowLeft } from '../window';
import { ThreadContext, type ThreadActions } from './context';
import { Messages, type MessagesHandle } from './Messages';
import { ThreadSkeleton } from './ThreadSkeleton';
import { useMarkRead } from './useMarkRead';
import { useThreadKeys } from './useThreadKeys';
import classes from './Thread.module.css';

interface ThreadProps {
  conversation: Conversation;
}

export function Thread({ conversation }: ThreadProps) {
  const { id } = conversation;
  const customer = nameOf(conversation.contact);
  const now = useNow();
  const query = useInfiniteQuery(messagesQuery(id));
  const pending = useOutbox((state) => state.pending);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [unreadAtFirst] = useState(conversation.unread_count);
  const messages = useMemo(() => {
    const known = query.data?.pages.flatMap((page) => page.items).toReversed() ?? [];
    return withPending(known, pending.filter((one) => one.conversationId === id));
  }, [id, pending, query.data]);
  const newFrom = useNewFrom(messages, unreadAtFirst);
  const today = Math.floor(now / 3_600_000);
  const rows = useMemo(() => rowsOf(messages, { newFrom, now: today * 3_600_000 }), [messages, newFrom, today]);
  const handle = useRef<MessagesHandle>(null);
  const hovered = useRef<Message | null>(null);
  const files = useChosenFiles();
  const mayReply = useMay('inbox.reply') && windowLeft(conversation.window_expires_at, now).open;
  useRoom(id);
  useMarkRead(conversation, messages.at(-1));
  const reply = useCallback((message: Message) => {
    setReplyTo(message);
    document.getElementById('composer')?.focus();
  }, []);
  useThreadKeys({ handle, mayReply, last: () => hovered.current ?? messages.findLast((one) => one.direction === 'in'), reply });
  const actions = useMemo<ThreadActions>(() => ({
    customer, mayReply, reply,
    react: (message, emoji) => { sendReaction(id, message, emoji); },
    jump: (messageId) => { handle.current?.jump(messageId); },
    edit: (words) => { keepDraft(id, words); },
    find: (wanted) => messages.find((one) => one.id === wanted || one.wamid === wanted),
    hover: (message) => { hovered.current = message; },
  }), [customer, id, mayReply, messages, reply]);
  return (
    <ThreadContext value={actions}>
      <FileDrop enabled={mayReply} onFiles={files.add}>
        {query.isPending ? <ThreadSkeleton /> : null}
        {query.isError && messages.length === 0 ? <ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /> : null}
        {query.data ? <Messages ref={handle} rows={rows} query={query} customer={customer} /> : null}
        {messages.length === 0 && query.data ? <p className={classes.none}>{t('inbox.thread.empty')}</p> : null}
      </FileDrop>
      <Composer conversation={conversation} files={files} replyTo={replyTo} onReply={setReplyTo} onSent={() => { handle.current?.toEnd(); }} />
    </ThreadContext>
  );
}

/** The "New" line is placed once, when the conversation is opened, and stays until it is left. */
function useNewFrom(messages: Message[], unread: number): string | null {
  const [newFrom, setNewFrom] = useState<string | null>(null);
  const [placed, setPlaced] = useState(false);
  if (!placed && messages.length > 0) {
    setPlaced(true);
    setNewFrom(firstUnread(messages, unread));
  }
  return newFrom;
}

function sendReaction(conversationId: string, message: Message, emoji: string): void {
  const body = { type: 'reaction', reaction: { message_id: message.wamid ?? message.id, emoji } };
  enqueue({ key: crypto.randomUUID(), conversationId, body, file: null, preview: null });
}

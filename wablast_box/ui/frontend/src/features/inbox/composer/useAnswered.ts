import { useEffect, useRef, useState } from 'react';
import { useSession } from '@/api/session';
import type { Conversation, Message } from '@/api/types';
import { isLater } from '@/live/replay';
import { onLive } from '@/live/events';

/** A colleague's answer that came while one was writing: the customer should not hear the same thing twice. */
export function useAnswered(conversation: Conversation, writing: boolean): [Message | null, () => void] {
  const me = useSession().user?.name;
  const [answered, setAnswered] = useState<Message | null>(null);
  const last = useRef(conversation.last_message?.id ?? '0');
  const began = useRef<string | null>(null);
  useEffect(() => { if (began.current === null) last.current = conversation.last_message?.id ?? '0'; }, [conversation.last_message]);
  useEffect(() => { began.current = writing ? began.current ?? last.current : null; }, [writing]);
  useEffect(() => onLive('message.updated', ({ message }) => {
    const isTheirs = message.conversation_id === conversation.id && message.direction === 'out' && message.sender?.kind === 'user' && message.sender.name !== me;
    if (isTheirs && !message.about && began.current !== null && isLater(message.id, began.current)) setAnswered(message);
  }), [conversation.id, me]);
  const clear = () => {
    setAnswered(null);
    began.current = null;
  };
  return [writing ? answered : null, clear];
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer, api } from '@/api/client';
import { useMay, useSession } from '@/api/session';
import type { Conversation, Message } from '@/api/types';
import { patchAnswer } from '../useInboxLive';

/** Opening a conversation reads it, and so does what arrives while it is in sight: not while the window is hidden. */
export function useMarkRead({ id, unread_count: unread }: Conversation, last: Message | undefined): void {
  const client = useQueryClient();
  const me = useSession().user?.id;
  const mayReply = useMay('inbox.reply');
  const lastId = last?.id;
  const seen = useRef<string | null>(null);
  useEffect(() => {
    // What somebody marked unread stays so until it is opened again, or until the customer writes.
    if (unread === 0) seen.current = lastId ?? null;
    if (unread === 0 || !mayReply || (lastId !== undefined && seen.current === lastId)) return;
    const read = () => {
      if (document.hidden) return;
      seen.current = lastId ?? null;
      // When it fails it stays unread; the next message or visit tries again.
      patchAnswer(client, answer(api.POST('/api/v1/conversations/{id}/read', { params: { path: { id } } }))).catch(() => undefined);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => { document.removeEventListener('visibilitychange', read); };
  }, [client, id, lastId, mayReply, me, unread]);
}

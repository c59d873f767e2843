import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '@/api/client';
import { useMay, useSession } from '@/api/session';
import type { Conversation, Message } from '@/api/types';
import { patchConversation } from '../useInboxLive';

/** Opening a conversation reads it, and so does what arrives while it is in sight: not while the window is hidden. */
export function useMarkRead({ id, unread_count: unread }: Conversation, last: Message | undefined): void {
  const client = useQueryClient();
  const me = useSession().user?.id;
  const mayReply = useMay('inbox.reply');
  const lastId = last?.id;
  useEffect(() => {
    if (unread === 0 || !mayReply) return;
    const read = () => {
      if (document.hidden) return;
      answer(api.POST('/api/v1/conversations/{id}/read', { params: { path: { id } } })).then(
        (conversation) => { patchConversation(client, conversation, me); },
        () => undefined, // It stays unread; the next message or visit tries again.
      );
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => { document.removeEventListener('visibilitychange', read); };
  }, [client, id, lastId, mayReply, me, unread]);
}

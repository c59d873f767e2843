import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Message } from '@/api/types';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import type { MessagesHandle } from './Messages';
import { setMode } from './mode';

interface ThreadKeys {
  conversationId: string;
  handle: RefObject<MessagesHandle | null>;
  /** The customer can be written to now. */
  mayReply: boolean;
  mayNote: boolean;
  /** The message under the pointer, or the customer's last. */
  last: () => Message | undefined;
  reply: (message: Message) => void;
}

/** R answers, Shift R quotes, N notes. */
export function useThreadKeys({ conversationId, handle, mayReply, mayNote, last, reply }: ThreadKeys): void {
  const latest = useRef(last);
  useEffect(() => { latest.current = last; });
  const commands = useMemo<Command[]>(() => {
    const group = t('inbox.commands.group');
    const write = () => { setMode(conversationId, 'reply'); };
    const end: Command = { id: 'end', group, title: t('inbox.commands.end'), keys: 'shift+g', run: () => { handle.current?.toEnd(); } };
    const note: Command = { id: 'note', group, title: t('thread.commands.note'), keys: 'n', run: () => { setMode(conversationId, 'note'); } };
    if (!mayNote) return [end];
    if (!mayReply) return [end, note];
    return [
      end, note,
      { id: 'reply', group, title: t('thread.commands.reply'), keys: 'r', run: write },
      { id: 'write', group, title: t('inbox.commands.write'), keys: 'enter', run: write, hidden: true },
      { id: 'quote', group, title: t('thread.commands.quote'), keys: 'shift+r', run: () => { const message = latest.current(); if (message) reply(message); } },
      { id: 'attach', group, title: t('inbox.commands.attach'), keys: 'mod+shift+a', run: () => { document.getElementById('attach')?.click(); } },
    ];
  }, [conversationId, handle, mayNote, mayReply, reply]);
  useCommands(commands);
}

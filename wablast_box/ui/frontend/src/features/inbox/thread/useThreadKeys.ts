import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Message } from '@/api/types';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import type { MessagesHandle } from './Messages';

interface ThreadKeys {
  handle: RefObject<MessagesHandle | null>;
  mayReply: boolean;
  /** The message under the pointer, or the customer's last. */
  last: () => Message | undefined;
  reply: (message: Message) => void;
}

export function useThreadKeys({ handle, mayReply, last, reply }: ThreadKeys): void {
  const latest = useRef(last);
  useEffect(() => { latest.current = last; });
  const commands = useMemo<Command[]>(() => {
    const group = t('inbox.commands.group');
    const end: Command = { id: 'end', group, title: t('inbox.commands.end'), keys: 'shift+g', run: () => { handle.current?.toEnd(); } };
    if (!mayReply) return [end];
    const focus = () => { document.getElementById('composer')?.focus(); };
    return [
      end,
      { id: 'write', group, title: t('inbox.commands.write'), keys: 'enter', run: focus },
      { id: 'reply', group, title: t('inbox.commands.reply'), keys: 'r', run: () => { const message = latest.current(); if (message) reply(message); } },
      { id: 'attach', group, title: t('inbox.commands.attach'), keys: 'mod+shift+a', run: () => { document.getElementById('attach')?.click(); } },
    ];
  }, [handle, mayReply, reply]);
  useCommands(commands);
}

import { createContext, use } from 'react';
import type { Message } from '@/api/types';

/** What a bubble may ask of the thread it stands in. */
export interface ThreadActions {
  conversationId: string;
  customer: string;
  mayReply: boolean;
  reply: (message: Message) => void;
  react: (message: Message, emoji: string) => void;
  jump: (messageId: string) => void;
  /** Goes to the first row of a moment on. */
  jumpTo: (moment: string) => void;
  edit: (words: string) => void;
  /** Loaded messages by id and wamid, for quotes. */
  find: (id: string) => Message | undefined;
  hover: (message: Message | null) => void;
}

const nothing = (): undefined => undefined;

export const ThreadContext = createContext<ThreadActions>({
  conversationId: '', customer: '', mayReply: false, reply: nothing, react: nothing, jump: nothing, jumpTo: nothing, edit: nothing, find: nothing, hover: nothing,
});

export const useThread = (): ThreadActions => use(ThreadContext);

import type { Message, OutgoingMessage } from '@/api/types';
import { enqueue } from '../outbox';
import type { ChosenFile } from './useChosenFiles';

interface ToSend {
  conversationId: string;
  words: string;
  files: ChosenFile[];
  replyTo: Message | null;
}

const CAPTIONED = new Set(['image', 'video', 'document']);

/** Files first, the words as the caption of the first that can carry one; else as a message of their own. */
export function send({ conversationId, words, files, replyTo }: ToSend): void {
  const reply_to = replyTo?.id;
  const captioned = words.length <= 1024 ? files.find(({ kind }) => CAPTIONED.has(kind)) : undefined;
  files.forEach(({ key, file, kind, preview }, at) => {
    const part = { caption: captioned?.key === key && words ? words : undefined, filename: kind === 'document' ? file.name : undefined };
    const body: OutgoingMessage = { type: kind, [kind]: part, reply_to: at === 0 ? reply_to : undefined };
    enqueue({ key, conversationId, body, file, preview });
  });
  if (!words || captioned) return;
  const body = { type: 'text', text: { body: words }, reply_to: files.length === 0 ? reply_to : undefined };
  enqueue({ key: crypto.randomUUID(), conversationId, body, file: null, preview: null });
}

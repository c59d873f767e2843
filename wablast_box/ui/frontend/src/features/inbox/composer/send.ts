import type { Message, OutgoingMessage } from '@/api/types';
import { enqueue } from '../outbox';
import type { ChosenFile } from './useChosenFiles';

interface Content {
  words: string;
  files: ChosenFile[];
  replyTo: Message | null;
}

export interface Part {
  key: string;
  body: OutgoingMessage;
  file: File | null;
  preview: string | null;
}

const CAPTIONED = new Set(['image', 'video', 'document']);
export const LONGEST_CAPTION = 1024;

export const takesCaption = ({ kind, voice }: ChosenFile): boolean => CAPTIONED.has(kind) && !voice;

/** The messages that make up what was written. Files first, in their order; the words are the caption of the first that can
 *  carry one and has none of its own, else a message by themselves. The quote belongs to the first. */
export function partsOf({ words, files, replyTo }: Content): Part[] {
  const captioned = words.length <= LONGEST_CAPTION ? files.find((one) => takesCaption(one) && one.caption.trim() === '') : undefined;
  const parts = files.map((one): Part => {
    const caption = one.caption.trim() || (one.key === captioned?.key ? words : '');
    const inner = {
      caption: caption && takesCaption(one) ? caption : undefined,
      filename: one.kind === 'document' ? one.name : undefined,
      voice: one.voice || undefined,
      media_id: one.mediaId ?? undefined,
    };
    return { key: one.key, body: { type: one.kind, [one.kind]: inner }, file: one.file, preview: one.preview };
  });
  if (words && !captioned) parts.push({ key: crypto.randomUUID(), body: { type: 'text', text: { body: words } }, file: null, preview: null });
  const [first] = parts;
  if (first && replyTo) first.body.reply_to = replyTo.id;
  return parts;
}

export function send(conversationId: string, content: Content): void {
  for (const part of partsOf(content)) enqueue({ ...part, conversationId });
}

/** Something that is no text and no file: a location, a card, buttons. */
export function sendBody(conversationId: string, body: OutgoingMessage, replyTo: Message | null): void {
  enqueue({ key: crypto.randomUUID(), conversationId, body: { ...body, reply_to: replyTo?.id }, file: null, preview: null });
}

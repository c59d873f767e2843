/** Pictures sent one after the other are shown together, as WhatsApp does. */
import type { Message } from '@/api/types';

const TOGETHER_MS = 60_000;
const PICTURED = new Set(['image', 'video']);

/** Bare pictures only: what has words, a quote, a reaction or trouble stands alone, where it can be seen. */
const isBare = (message: Message): boolean =>
  PICTURED.has(message.type) && !message.text && message.reply_to === null && message.reactions.length === 0 &&
  message.revoked === null && message.edited === null && message.state !== 'failed' && message.state !== 'unconfirmed' &&
  message.attachment?.state !== 'failed' && !message.content?.['referral'];

export const isAlbumed = (before: Message, message: Message): boolean =>
  isBare(before) && isBare(message) && before.direction === message.direction && before.sender?.name === message.sender?.name &&
  before.forwarded === message.forwarded && Date.parse(message.created_at) - Date.parse(before.created_at) < TOGETHER_MS;

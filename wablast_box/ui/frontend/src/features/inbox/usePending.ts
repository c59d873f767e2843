import type { Message } from '@/api/types';
import { type Pending, useOutbox } from './outbox';

/** What this window still holds of a message: its file, how far the upload is, why the box refused it. */
export const usePending = (message: Message): Pending | undefined =>
  useOutbox(({ pending }) => (message.client_key === null ? undefined : pending.find((one) => one.key === message.client_key)));

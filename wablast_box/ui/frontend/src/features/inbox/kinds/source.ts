/** Where the file of a message is: at the box, still in this window, behind a link, or not here (yet). */
import type { Message } from '@/api/types';
import { body, text } from '../content';
import { usePending } from '../usePending';

export interface Source {
  url: string | null;
  name: string | null;
}

export function useSource(message: Message): Source {
  const pending = usePending(message);
  const link = text(body(message.content)['link']);
  const attachment = message.attachment;
  const url = attachment?.state === 'stored' ? attachment.url : pending?.preview ?? (attachment ? null : link || null);
  const name = attachment?.filename ?? pending?.file?.name ?? (text(body(message.content)['filename']) || null);
  return { url, name };
}

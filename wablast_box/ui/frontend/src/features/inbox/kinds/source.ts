/** Where the file of a message is: at the box, still in this window, behind a link, or not here (yet). */
import type { Message } from '@/api/types';
import { body, text } from '../content';
import { usePending } from '../usePending';

/** What is shown of a picture: drawn by the box, or this window's own. Its sides are known before it is loaded. */
export interface Shown {
  small: string;
  large: string;
  width: number | undefined;
  height: number | undefined;
}

export interface Source {
  /** The file as it came, to save or to play. */
  url: string | null;
  name: string | null;
  shown: Shown | null;
  /** Nothing that can be shown will ever come of it. */
  unfit: boolean;
}

export function useSource(message: Message): Source {
  const pending = usePending(message);
  const link = text(body(message.content)['link']);
  const { attachment } = message;
  const isStored = attachment?.state === 'stored';
  const picture = isStored ? attachment.picture : null;
  const url = isStored ? attachment.url : pending?.preview ?? (attachment ? null : link || null);
  const name = attachment?.filename ?? pending?.file?.name ?? (text(body(message.content)['filename']) || null);
  const large = picture?.view_url ?? pending?.preview ?? (isStored ? null : url);
  const small = picture?.thumbnail_url ?? large;
  const shown = small && large ? { small, large, width: picture?.width ?? undefined, height: picture?.height ?? undefined } : null;
  return { url, name, shown, unfit: isStored && attachment.mime_type !== null && (picture ?? { state: 'unfit' }).state === 'unfit' };
}

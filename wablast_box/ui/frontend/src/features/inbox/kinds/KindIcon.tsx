import type { Message } from '@/api/types';
import { IconFileText, IconInfoCircle, IconList, IconMapPin, IconMicrophone, IconMusic, IconPhoto, IconShoppingBag, IconSticker, IconTemplate, IconUserCircle, IconVideo } from '@/design/icons';

const ICONS: Record<string, typeof IconPhoto> = {
  image: IconPhoto, video: IconVideo, document: IconFileText, sticker: IconSticker, location: IconMapPin, contacts: IconUserCircle,
  order: IconShoppingBag, template: IconTemplate, interactive: IconList, system: IconInfoCircle, unsupported: IconInfoCircle,
};

interface KindIconProps {
  message: Message;
}

/** The small sign before a preview; words alone need none. */
export function KindIcon({ message }: KindIconProps) {
  const Icon = message.type === 'audio' ? (message.attachment?.voice ? IconMicrophone : IconMusic) : ICONS[message.type];
  return Icon ? <Icon size={13} stroke={1.7} aria-hidden /> : null;
}

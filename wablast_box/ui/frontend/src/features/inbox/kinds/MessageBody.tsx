import type { Message } from '@/api/types';
import { body, text } from '../content';
import { ContactsBody } from './ContactsBody';
import { InteractiveBody } from './InteractiveBody';
import { LocationBody } from './LocationBody';
import { Markup } from './Markup';
import { AudioBody, DocumentBody, PictureBody, StickerBody, VideoBody } from './MediaBody';
import { OrderBody } from './OrderBody';
import { ReferralNote } from './ReferralNote';
import { TemplateBody } from './TemplateBody';
import { UnsupportedBody } from './UnsupportedBody';

export interface BodyProps {
  message: Message;
}

/** Every kind of message, each readable; what is not known is said to be so. */
export function MessageBody({ message }: BodyProps) {
  const content = body(message.content);
  return (
    <>
      <ReferralNote content={content} />
      <Kind message={message} />
    </>
  );
}

function Kind({ message }: BodyProps) {
  const words = message.text ?? '';
  switch (message.type) {
    case 'text':
      return <Markup text={words || text(body(message.content)['body'])} />;
    case 'image':
      return <PictureBody message={message} caption={words} />;
    case 'video':
      return <VideoBody message={message} caption={words} />;
    case 'audio':
      return <AudioBody message={message} />;
    case 'document':
      return <DocumentBody message={message} caption={words} />;
    case 'sticker':
      return <StickerBody message={message} />;
    case 'location':
      return <LocationBody content={body(message.content)} />;
    case 'contacts':
      return <ContactsBody content={message.content} />;
    case 'order':
      return <OrderBody content={body(message.content)} />;
    case 'interactive':
    case 'button':
      return <InteractiveBody message={message} />;
    case 'template':
      return <TemplateBody message={message} />;
    default:
      return <UnsupportedBody message={message} />;
  }
}

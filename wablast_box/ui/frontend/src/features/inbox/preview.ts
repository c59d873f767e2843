/** One line about a message: for the list, for quotes, for what a screen reader hears. */
import type { Message } from '@/api/types';
import { t } from '@/lib/i18n';
import { calm, cut } from '@/lib/plain';
import { body, list, named, text } from './content';
import { unmarked } from './markup';

const LONGEST = 160;

export function previewOf(message: Message): string {
  if (message.revoked) return t(message.revoked.by === 'us' ? 'thread.message.revokedOut' : 'thread.message.revokedIn');
  const words = message.text ? cut(unmarked(calm(cut(message.text, LONGEST * 2))), LONGEST) : '';
  switch (message.type) {
    case 'text':
    case 'button':
      return words;
    case 'image':
    case 'video':
    case 'sticker':
    case 'location':
      return joined(t(`inbox.kinds.${message.type}`), words);
    case 'audio':
      return t(message.attachment?.voice ? 'inbox.kinds.voice' : 'inbox.kinds.audio');
    case 'document':
      return joined(short(message.attachment?.filename ?? t('inbox.kinds.document')), words);
    case 'contacts':
      return joined(t('inbox.kinds.contacts'), words || namesOf(message));
    case 'order':
      return joined(t('inbox.kinds.order'), words);
    case 'template':
      return joined(t('inbox.kinds.template'), words);
    case 'interactive':
      return words || short(text(body(body(message.content)['body'])['text']) || text(named(body(message.content))['title'])) || t('inbox.kinds.interactive');
    default:
      return previewOfNotice(message, words);
  }
}

function previewOfNotice(message: Message, words: string): string {
  if (message.type === 'reaction') {
    const emoji = short(text(body(message.content)['emoji'])) || words;
    return emoji ? t('inbox.kinds.reaction', { emoji }) : t('inbox.kinds.reactionRemoved');
  }
  if (message.type === 'edit') return joined(t('inbox.kinds.edit'), words);
  if (message.type === 'revoke') return t('inbox.kinds.revoke');
  if (message.type === 'request_welcome') return t('inbox.kinds.welcome');
  return words || t('inbox.kinds.unsupported');
}

const namesOf = (message: Message): string =>
  list(body(message.content)['contacts']).map((card) => text(body(card['name'])['formatted_name'])).filter(Boolean).slice(0, 3).map(short).join(', ');

const short = (found: string): string => cut(calm(found), LONGEST);

const joined = (kind: string, words: string): string => (words ? t('inbox.kinds.with', { kind, words }) : kind);

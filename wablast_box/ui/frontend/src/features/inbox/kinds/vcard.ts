/** A contact as a file that every address book takes (vCard 3.0). What the customer wrote stays as written, escaped. */
import { type Body, body, list, text } from '../content';

export function vcardOf(card: Body): string {
  const given = text(card['vcard']);
  // WhatsApp may bring one along; only a whole one is passed on.
  if (/^BEGIN:VCARD\r?\n[\s\S]*\r?\nEND:VCARD\s*$/i.test(given)) return given.trimEnd() + '\r\n';
  const name = body(card['name']);
  const org = body(card['org']);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${[name['last_name'], name['first_name'], name['middle_name'], name['prefix'], name['suffix']].map(escaped).join(';')}`,
    `FN:${escaped(nameOfCard(card))}`,
    ...(text(org['company']) || text(org['department']) ? [`ORG:${escaped(org['company'])};${escaped(org['department'])}`] : []),
    ...line('TITLE', org['title']),
    ...list(card['phones']).flatMap((phone) => line(`TEL;TYPE=${kind(phone['type'], 'CELL')}`, text(phone['phone']) || (text(phone['wa_id']) && `+${text(phone['wa_id'])}`))),
    ...list(card['emails']).flatMap((mail) => line(`EMAIL;TYPE=${kind(mail['type'], 'INTERNET')}`, mail['email'])),
    ...list(card['addresses']).map((place) => `ADR;TYPE=${kind(place['type'], 'HOME')}:;;${[place['street'], place['city'], place['state'], place['zip'], place['country']].map(escaped).join(';')}`),
    ...list(card['urls']).flatMap((url) => line('URL', url['url'])),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(text(card['birthday'])) ? [`BDAY:${text(card['birthday'])}`] : []),
    'END:VCARD',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** What to call the person on a card; it may carry nothing but a number. */
export function nameOfCard(card: Body): string {
  const name = body(card['name']);
  const given = [name['first_name'], name['last_name']].map(text).filter(Boolean).join(' ');
  const [phone] = list(card['phones']).map((one) => text(one['phone']) || text(one['wa_id'])).filter(Boolean);
  return text(name['formatted_name']) || given || phone || '';
}

const line = (label: string, value: unknown): string[] => (text(value) ? [`${label}:${escaped(value)}`] : []);
const escaped = (value: unknown): string => text(value).replace(/[\\;,]/g, '\\$&').replace(/\r\n|[\r\n]/g, '\\n');
/** A type is a word: anything else could end the line's head early. */
const kind = (value: unknown, otherwise: string): string => (/^[A-Za-z-]{1,20}$/.test(text(value)) ? text(value).toUpperCase() : otherwise);

/** Lines of at most 75 bytes; a longer one goes on in the next, after a space. */
function folded(whole: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [''];
  let size = 0;
  for (const sign of whole) {
    const bytes = encoder.encode(sign).length;
    if (size + bytes > 74) {
      parts.push('');
      size = 0;
    }
    parts[parts.length - 1] += sign;
    size += bytes;
  }
  return parts.join('\r\n ');
}

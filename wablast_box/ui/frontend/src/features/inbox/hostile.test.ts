/** Whatever a stranger writes, and wherever: what is shown of it turns nothing, climbs nowhere and leads nowhere bad. */
import { expect, test } from 'vitest';
import { aConversation, aMessage, anActivity } from './fixtures';
import { nameOfCard } from './kinds/vcard';
import { marked, type Piece } from './markup';
import { nameOf } from './names';
import { previewOf } from './preview';
import { activityWords } from './thread/activities';

const CORPUS = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg/onload=alert(1)>', 'javascript:alert(1)', '[x](javascript:alert(1))', 'data:text/html,<script>',
  'https://ok.example/"><script>', 'http://[bad', 'www.', 'HTTPS://EXAMPLE.COM/\u202Egpj', '\u202Efdp.exe\u202C', '\u2067'.repeat(300), `Z${'\u0335\u0321'.repeat(400)}`,
  '\u0E49'.repeat(200), '\u200B\u200D\uFEFF', '\u3164', '😀'.repeat(4096), '👩‍👩‍👧‍👦'.repeat(300), 'W'.repeat(4096), '*_~`'.repeat(1000), '*a'.repeat(2000), '\uD800 alone', '\uDC00', '%s%n{0}{{7*7}}',
  '\n'.repeat(2000), '﷽'.repeat(300), `+${'1'.repeat(500)}`, `${'a.'.repeat(500)}@${'b.'.repeat(500)}`, '`'.repeat(4096), 'क्षत्रिय 🙏🏽',
];
const CASES = CORPUS.map((text, at) => [at, text] as const);
const TURN = /[\u202A-\u202E\u2066-\u2069]/;
const PILE = /\p{M}{4}/u;
const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);
const KINDS = ['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'order', 'template', 'interactive', 'button', 'reaction', 'edit', 'revoke', 'system', 'request_welcome', 'unsupported', 'constructor', '__proto__'];

const links = (pieces: Piece[]): string[] => pieces.flatMap((piece) => (piece.kind === 'link' ? [piece.href] : piece.kind === 'mark' ? links(piece.pieces) : []));

test.each(CASES)('hostile words %i as a preview of every kind', (_, text) => {
  for (const type of KINDS) {
    const shown = previewOf(aMessage('1', { type, text, content: { emoji: text, name: text, contacts: [{ name: { formatted_name: text } }], type: text, [text]: { title: text } } }));
    expect([TURN.test(shown), PILE.test(shown), shown.length < 2000, isWhole(shown) || !isWhole(text)]).toEqual([false, false, true, true]);
  }
});

test.each(CASES)('hostile words %i as a name', (_, name) => {
  const shown = nameOf({ ...aConversation('1').contact, name });

  expect([TURN.test(shown), PILE.test(shown), shown.trim() !== '']).toEqual([false, false, true]);
});

test.each(CASES)('hostile words %i as words leads to no address but four kinds', (_, text) => {
  const begun = performance.now();
  const pieces = marked(text);

  expect(links(pieces).filter((href) => !/^(https?:\/\/|mailto:|tel:\+\d)/.test(href))).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test.each(CASES)('hostile words %i as what was done and as a card', (_, text) => {
  const said = activityWords(anActivity('1', { kind: text, actor: { kind: 'user', id: text, name: text }, detail: { text } }));

  expect([TURN.test(said), PILE.test(said)]).toEqual([false, false]);
  expect(typeof nameOfCard({ name: text, phones: text })).toBe('string');
});

import { expect, test } from 'vitest';
import { address, marked, type Piece, unmarked } from './markup';

/** b(…) for bold and so on: short enough to read in a table. */
const draw = (pieces: Piece[]): string =>
  pieces.map((piece) => {
    if (piece.kind === 'text') return piece.text;
    return piece.kind === 'link' ? `<${piece.href}>` : `${piece.mark[0] ?? ''}(${draw(piece.pieces)})`;
  }).join('');

test.each([
  ['*bold* and _italic_', 'b(bold) and i(italic)'],
  ['~gone~ ```mono *not bold*``` `code`', 's(gone) m(mono *not bold*) m(code)'],
  ['*bold _and italic_*', 'b(bold i(and italic))'],
  ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
  ['* not bold * and *open', '* not bold * and *open'],
  ['*over\nlines*', '*over\nlines*'],
  ['```over\nlines```', 'm(over\nlines)'],
  ['*हिन्दी* में', 'b(हिन्दी) में'],
  ['**', '**'],
  ['(*so*)', '(b(so))'],
])('%j is drawn as %j', (text, drawn) => {
  expect(draw(marked(text))).toBe(drawn);
});

test.each([
  ['see https://example.in/a_b_c?x=1.', 'see <https://example.in/a_b_c?x=1>.'],
  ['www.example.in, please', '<https://www.example.in/>, please'],
  ['write to ravi@example.in!', 'write to <mailto:ravi@example.in>!'],
  ['call +91 98450 12004 now', 'call <tel:+919845012004> now'],
  ['*https://example.in*', 'b(<https://example.in/>)'],
])('links in %j', (text, drawn) => {
  expect(draw(marked(text))).toBe(drawn);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'intent://x'])('%s is never a link', (text) => {
  expect(address(text)).toBeNull();
  expect(marked(text)).toEqual([{ kind: 'text', text }]);
});

test('every character of a message stays', () => {
  const text = '<img src=x onerror=alert(1)> *a* `b` & "c" \u202e rtl';

  expect(marked(text).map((piece) => (piece.kind === 'mark' ? piece.pieces.map((inner) => (inner.kind === 'text' ? inner.text : '')).join('') : piece.text)).join('')).toBe(text.replace(/[*`]/g, ''));
});

test('a long hostile text is read in a moment', () => {
  const started = performance.now();

  marked('*_~`'.repeat(4000));
  marked('*a '.repeat(6000));

  expect(performance.now() - started).toBeLessThan(1500);
});

test('a line in a list shows the words alone', () => {
  expect(unmarked('*Yes*,\n  _tomorrow_')).toBe('Yes, tomorrow');
});

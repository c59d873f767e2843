import { expect, test } from 'vitest';
import { calm, cut, isSeen } from './plain';

test.each([
  ['a right-to-left override', 'photo\u202Egpj.exe', 'photo‹RLO›gpj.exe'],
  ['an isolate that is never closed', '\u2067abc', '‹RLI›abc'],
  ['a tower of marks', `Z${'\u0351'.repeat(200)}algo`, `Z${'\u0351'.repeat(3)}algo`],
  ['a tower of marks in pieces', `a${'\u0300\u0488'.repeat(50)}`, 'a\u0300\u0488\u0300'],
])('%s is named or cut', (_, given, shown) => {
  expect(calm(given)).toBe(shown);
});

test.each(['क्या यह शनिवार तक पहुँच जाएगा?', 'ક્ષત્રિય', 'শ্রদ্ধা', '👩‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'ภาษาไทย', 'تجربة', 'Việt Nam', '1️⃣', '<b>&amp;</b>', 'می‌خواهم'])('%s stays as it was written', (words) => {
  expect(calm(words)).toBe(words);
});

test.each(['', '  ', '\u200B\u200D', '\u2066\u2069', '\u3164', '\uFEFF', '\u0301'])('nothing is seen of %j', (name) => {
  expect(isSeen(name)).toBe(false);
});

test('a cut leaves no half sign', () => {
  const family = '👩‍👩‍👧‍👦';
  const shown = cut(family.repeat(400), 700);

  expect(shown.length).toBeLessThanOrEqual(700);
  expect(shown).toBe(family.repeat(shown.length / family.length));
  expect(cut('short', 700)).toBe('short');
});

test('4,096 emoji and a text of marks alone are cut in no time', () => {
  const begun = performance.now();

  for (const text of ['😀'.repeat(4096), '\u0301'.repeat(8192), `${'\u200D'.repeat(4096)}`]) cut(calm(text), 700);

  expect(performance.now() - begun).toBeLessThan(200);
});

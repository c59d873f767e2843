import { expect, it } from 'vitest';
import { EMOJI, findEmoji, GROUPS } from './emoji-data';

it('finds an emoji by the beginning of any of its words, its own name first', () => {
  expect(findEmoji('thumb', 3).map((one) => one.sign)).toEqual(['👍', '👎']);
  expect(findEmoji('nama', 3)[0]?.sign).toBe('🙏');
  expect(findEmoji('shopping_b', 3)[0]?.sign).toBe('🛍️');
  expect(findEmoji('zzzz', 3).map((one) => one.sign)).toEqual([]);
  expect(findEmoji('', 3)).toEqual([]);
});

it('holds each sign once, and is one sign each', () => {
  const signs = EMOJI.map((one) => one.sign);
  expect(new Set(signs).size).toBe(signs.length);
  expect(signs.filter((sign) => [...new Intl.Segmenter().segment(sign)].length !== 1)).toEqual([]);
  expect(EMOJI.every((one) => one.words.trim() !== '' && GROUPS.includes(one.group))).toBe(true);
});

import { expect, test } from 'vitest';
import { isAboutNumber, limitWords, metaWord, throughputWords, toneOf } from './meta-words';

test.each([
  ['TIER_250', '250 customers in 24 hours'],
  ['TIER_100K', '1,00,000 customers in 24 hours'],
  ['TIER_UNLIMITED', 'No limit'],
  ['TIER_NOT_SET', 'Tier not set'],
  [null, null],
])('the limit %s is %s', (limit, words) => {
  expect(limitWords(limit)).toBe(words);
});

test('a word that Meta invents tomorrow is shown as it is', () => {
  expect(metaWord('CONNECTED')).toBe('Connected');
  expect(metaWord('UNDER_MOON_REVIEW')).toBe('Under moon review');
  expect(toneOf('UNDER_MOON_REVIEW')).toBe('plain');
  expect(throughputWords('STANDARD')).toBe('up to 80 messages a second');
});

test('alarms of the number are told from those of the machine', () => {
  expect(isAboutNumber('token_expires_soon')).toBe(true);
  expect(isAboutNumber('account_banned')).toBe(true);
  expect(isAboutNumber('disk_low')).toBe(false);
});

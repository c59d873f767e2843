import { expect, test } from 'vitest';
import { waitWords } from './wait';

test.each([[30, '30 s'], [60, '1 min'], [95, '1 min 35 s'], [900, '15 min']])('%i seconds are said as %s', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});

import { expect, test } from 'vitest';
import { ago } from './ago';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each([
  ['2026-11-22T11:59:40Z', 'just now'],
  ['2026-11-22T11:55:00Z', '5 min ago'],
  ['2026-11-22T11:59:05Z', '1 min ago'],
  ['2026-11-22T09:00:00Z', '3 hr ago'],
  ['2026-11-21T12:00:00Z', 'yesterday'],
  ['2026-11-12T12:00:00Z', '10 days ago'],
  ['2026-11-25T12:00:00Z', 'in 3 days'],
])('%s was %s', (at, words) => {
  expect(ago(at, NOW)).toBe(words);
});

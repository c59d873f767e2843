import { expect, test } from 'vitest';
import { windowLeft } from './window';

const NOW = Date.parse('2026-11-22T06:00:00Z');

test('an open window says how long, short and long', () => {
  expect(windowLeft('2026-11-22T08:41:00Z', NOW)).toEqual({ open: true, low: false, short: '2 h', long: '2 h 41 min' });
});

test('under two hours it asks for attention', () => {
  expect(windowLeft('2026-11-22T06:59:30Z', NOW)).toMatchObject({ low: true, short: '59 m', long: '59 min' });
});

test('a passed moment, or a customer who never wrote, is closed', () => {
  expect(windowLeft('2026-11-22T06:00:00Z', NOW).open).toBe(false);
  expect(windowLeft(null, NOW).open).toBe(false);
});

import { expect, test } from 'vitest';
import { csvOf, roundTop, share } from './counting';
import { daysOf, figuresSearch, versionOf } from './search';

test('a file for spreadsheets has a line for each day', () => {
  const day = { day: '2026-11-20', started: 5, finished: 3, handed_over: 1, left: 1, failed: 0, active: 0 };

  expect(csvOf([day])).toBe('day,started,finished,handed_over,left,failed,active\r\n2026-11-20,5,3,1,1,0,0\r\n');
});

test('the line that bars are measured by is round and never below them', () => {
  expect([0, 3, 9, 11, 37, 45, 99, 412, 5000].map(roundTop)).toEqual([4, 4, 10, 20, 40, 50, 100, 500, 5000]);
});

test('a share of nothing is nothing', () => {
  expect([share(1, 0), share(1, 3)]).toEqual([0, 33]);
});

test('the address says the period and the version, the usual period goes without saying', () => {
  expect(figuresSearch({ days: '7', version: 2 })).toEqual({ days: '7', version: '2' });
  expect(figuresSearch({ days: '30', version: 'x' })).toEqual({ days: undefined, version: undefined });
  expect([daysOf(figuresSearch({ days: '12' })), versionOf(figuresSearch({ version: '-1' }))]).toEqual([30, undefined]);
});

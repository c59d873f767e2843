import { expect, test } from 'vitest';
import { auditSearch, endOf, isFiltered, startOf } from './filters';

test('only what the log knows is taken from the address', () => {
  expect(auditSearch({ kind: 'role', result: 'maybe', from: '2026-11-22', to: 'tomorrow', actor: 7 })).toEqual({ kind: 'role', from: '2026-11-22' });
  expect(isFiltered(auditSearch({}))).toBe(false);
});

test('a day ends where the next one begins', () => {
  expect(new Date(endOf('2026-11-22')).getTime() - new Date(startOf('2026-11-22')).getTime()).toBe(86_400_000);
  expect(startOf(undefined)).toBe('');
});

import { expect, test } from 'vitest';
import { plural, t } from './i18n';

test('a text takes its values', () => {
  expect(t('common.duration.hoursMinutes', { h: 2, m: 41 })).toBe('2 h 41 min');
});

test('a count picks its form and is written the Indian way', () => {
  expect(plural('shell.unread', 1)).toBe('1 unread conversation');
  expect(plural('shell.unread', 123456)).toBe('1,23,456 unread conversations');
});

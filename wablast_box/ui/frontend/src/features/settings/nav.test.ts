import { expect, test } from 'vitest';
import { isForbidden, pagesFor } from './nav';

const AGENT = ['account.own', 'number.read', 'inbox.read'];

test('everybody sees their own pages, and only what their role opens', () => {
  expect(pagesFor(AGENT).map((page) => page.key)).toEqual(['account', 'alerts', 'device', 'keyboard', 'number', 'chatLink']);
});

test('a page that the role does not open is refused by its address too', () => {
  expect(isForbidden('/settings/people', AGENT)).toBe(true);
  expect(isForbidden('/settings/account', AGENT)).toBe(false);
  expect(isForbidden('/settings', AGENT)).toBe(false);
});

import { expect, test } from 'vitest';
import type { Command } from '@/lib/commands';
import { claim } from './useShortcuts';

const command = (keys: string): Command => ({ id: keys, group: '', title: keys, keys, run: () => undefined });
const press = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...init });
const go = command('g i');
const next = command('j');
const bar = command('mod+k');
const all = [go, next, bar];

test('a letter runs its command', () => {
  expect(claim(all, press('j'), null, true)).toBe(next);
});

test('a sequence waits for its second letter', () => {
  expect(claim(all, press('g'), null, true)).toBe('more');
  expect(claim(all, press('i'), 'g', true)).toBe(go);
  expect(claim(all, press('i'), null, true)).toBeUndefined();
});

test('letters do nothing while someone writes, Ctrl K still does', () => {
  expect(claim(all, press('j'), null, false)).toBeUndefined();
  expect(claim(all, press('k', { ctrlKey: true }), null, false)).toBe(bar);
});

test('a letter with Ctrl belongs to the browser', () => {
  expect(claim(all, press('j', { ctrlKey: true }), null, true)).toBeUndefined();
});

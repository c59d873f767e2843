import { expect, test } from 'vitest';
import type { Command } from '@/lib/commands';
import { find } from './search';

const command = (title: string, group = 'Go to'): Command => ({ id: title, group, title, run: () => undefined });
const all = [command('Settings'), command('Sign out', 'Account'), command('Inbox')];

test('nothing typed shows everything, in its order', () => {
  expect(find(all, ' ')).toEqual(all);
});

test('a word at the beginning wins over one inside', () => {
  expect(find(all, 'in').map((hit) => hit.title)).toEqual(['Inbox', 'Settings']);
});

test('every word must be found, in the title or the group', () => {
  expect(find(all, 'out acc').map((hit) => hit.title)).toEqual(['Sign out']);
  expect(find(all, 'out inbox')).toEqual([]);
});

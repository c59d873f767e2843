import { expect, it } from 'vitest';
import type { CannedReply } from '@/api/types';
import { keyOf, matching } from './queries';

const reply = (shortcut: string, text = '', shared = true): CannedReply => ({ id: shortcut, shortcut, text, shared, media: null, updated_at: '' });

it('finds by the beginning of the shortcut first, then by any word, one’s own before everybody’s', () => {
  const all = [reply('hours', 'We open at ten'), reply('address', 'Opposite the temple, open daily'), reply('open', 'Yes we are', false)];

  expect(matching(all, 'ope').map((one) => one.shortcut)).toEqual(['open', 'address', 'hours']);
  expect(matching(all, '').map((one) => one.shortcut)).toEqual(['open', 'address', 'hours']);
  expect(matching(all, 'TEMPLE').map((one) => one.shortcut)).toEqual(['address']);
  expect(matching(all, 'zzz')).toEqual([]);
});

it('names a field as the box does', () => {
  expect([' Blouse size ', 'पता', 'A.B|{c}'].map(keyOf)).toEqual(['blouse_size', 'पता', 'a_b_c_']);
});

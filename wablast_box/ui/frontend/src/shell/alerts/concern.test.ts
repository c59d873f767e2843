import { afterEach, expect, test, vi } from 'vitest';
import type { Alerts } from '@/api/types';
import { concerns, isLookingAt, isQuiet } from './concern';

const wants = (part: Partial<Alerts> = {}): Alerts => ({
  hears_mine: true, hears_mentions: true, hears_unassigned: true, shows_text: false,
  quiet_from_min: null, quiet_until_min: null, digest_after_min: null, is_mail_set_up: false, ...part,
});
const message = (assigneeId: string | null) => ({ kind: 'message' as const, conversationId: '1', assigneeId });

afterEach(() => { vi.restoreAllMocks(); });

test('my chats and nobody’s concern me, a colleague’s do not', () => {
  expect(concerns(message('me'), 'me', wants())).toBe(true);
  expect(concerns(message(null), 'me', wants())).toBe(true);
  expect(concerns(message('asha'), 'me', wants())).toBe(false);
});

test('what I do not want to hear of, I do not', () => {
  expect(concerns(message(null), 'me', wants({ hears_unassigned: false }))).toBe(false);
  expect(concerns(message('me'), 'me', wants({ hears_mine: false }))).toBe(false);
  expect(concerns({ ...message('asha'), kind: 'mention' }, 'me', wants({ hears_mentions: false }))).toBe(false);
});

test('what is late calls whoever has it, else its team, else everybody', () => {
  const late = (assigneeId: string | null, isOthers = false) => ({ kind: 'overdue' as const, conversationId: '1', assigneeId, isOthers });

  expect([late('me'), late(null), late(null, true), late('asha')].map((one) => concerns(one, 'me', wants()))).toEqual([true, true, false, false]);
});

test('a call by name concerns me wherever it happens', () => {
  expect(concerns({ ...message('asha'), kind: 'mention' }, 'me', wants())).toBe(true);
});

test.each([
  [22 * 60, 7 * 60, 23 * 60, true], [22 * 60, 7 * 60, 6 * 60 + 59, true], [22 * 60, 7 * 60, 7 * 60, false],
  [13 * 60, 14 * 60, 13 * 60, true], [13 * 60, 14 * 60, 14 * 60, false], [null, null, 0, false], [60, 60, 60, false],
])('quiet from %s until %s at %s: %s', (from, until, minute, quiet) => {
  expect(isQuiet({ quiet_from_min: from, quiet_until_min: until }, minute)).toBe(quiet);
});

test('who looks at the conversation in a window that has the keyboard is looking', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  history.replaceState(null, '', '/inbox?c=7');

  expect(isLookingAt('7')).toBe(true);
  expect(isLookingAt('8')).toBe(false);
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  expect(isLookingAt('7')).toBe(false);
});

import { afterEach, expect, test } from 'vitest';
import { dayBegan, dayLabel, setTimeZone, startOfDay } from './dates';

afterEach(() => { setTimeZone('Asia/Kolkata'); });

test.each([
  ['Asia/Kolkata', '2026-11-21T18:30:00.000Z'],
  ['UTC', '2026-11-22T00:00:00.000Z'],
  ['America/Los_Angeles', '2026-11-22T08:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-21T10:00:00.000Z'],
  ['Pacific/Pago_Pago', '2026-11-22T11:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-21T18:15:00.000Z'],
])('a day in %s begins at %s', (zone, moment) => {
  setTimeZone(zone);

  expect(startOfDay('2026-11-22')).toBe(moment);
});

test('in the first minutes after midnight in India what was just written is of today', () => {
  const now = Date.parse('2026-11-22T18:44:00Z');
  expect(dayLabel('2026-11-22T18:36:00Z', dayBegan(now))).toBe('Today');
  expect(dayLabel('2026-11-22T18:20:00Z', dayBegan(now))).toBe('Yesterday');
  expect(dayBegan(now)).toBe(dayBegan(now + 23 * 3_600_000));
});

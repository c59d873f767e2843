import { afterEach, expect, test } from 'vitest';
import { setTimeZone, startOfDay } from './dates';

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

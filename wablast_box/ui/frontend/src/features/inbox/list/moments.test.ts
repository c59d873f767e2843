import { expect, test } from 'vitest';
import { setTimeZone } from '@/lib/dates';
import { atHour, moments, offsetOf } from './moments';

setTimeZone('Asia/Kolkata');
const IST = 330;
const at = (now: string) => Object.fromEntries(moments(Date.parse(now), IST).map((one) => [one.key, one.at]));

test('moments are those of the shop', () => {
  expect(at('2026-11-25T05:30:00Z')).toEqual({
    hour: '2026-11-25T06:30:00.000Z',
    today: '2026-11-25T08:30:00.000Z',
    tomorrow: '2026-11-26T03:30:00.000Z',
    monday: '2026-11-30T03:30:00.000Z',
    reply: null,
  });
});

test('later today ends at six, and in the evening there is none', () => {
  expect(at('2026-11-25T10:30:00Z')['today']).toBe('2026-11-25T12:30:00.000Z');
  expect(at('2026-11-25T12:00:00Z')).not.toHaveProperty('today');
});

test('on a Sunday, Monday is tomorrow and said once', () => {
  expect(at('2026-11-29T06:00:00Z')).not.toHaveProperty('monday');
  expect(at('2026-11-30T06:00:00Z')['monday']).toBe('2026-12-07T03:30:00.000Z');
});

test('just after midnight in the shop, the day is the shop’s', () => {
  expect(at('2026-11-25T19:00:00Z')['tomorrow']).toBe('2026-11-27T03:30:00.000Z');
});

test('zones know how far ahead they are', () => {
  expect(offsetOf('Asia/Kolkata', Date.parse('2026-11-25T06:00:00.250Z'))).toBe(IST);
  expect(offsetOf('America/New_York', Date.parse('2026-07-01T06:00:00Z'))).toBe(-240);
  expect(atHour('2026-11-25', 9, IST)).toBe('2026-11-25T03:30:00.000Z');
});

import { afterEach, describe, expect, it } from 'vitest';
import { setTimeZone } from '@/lib/dates';
import { choices, fromField, momentAt, toField } from './later';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

afterEach(() => { setTimeZone('Asia/Kolkata'); });

describe('later', () => {
  it('is meant in the shop’s zone', () => {
    const found = Object.fromEntries(choices(Date.parse('2026-11-22T06:00:00Z')).map(({ key, at }) => [key, iso(at)]));

    expect(found).toEqual({ inHour: '2026-11-22T07:00:00.000Z', evening: '2026-11-22T12:30:00.000Z', tomorrow: '2026-11-23T03:30:00.000Z' });
  });

  it('offers Monday when that is not tomorrow, and no evening that is over', () => {
    expect(choices(Date.parse('2026-11-24T16:00:00Z')).map(({ key, at }) => [key, iso(at)]).slice(1)).toEqual([['tomorrow', '2026-11-25T03:30:00.000Z'], ['monday', '2026-11-30T03:30:00.000Z']]);
  });

  it('goes by the hands of the clock on the day when clocks change', () => {
    setTimeZone('Europe/Berlin');

    expect(iso(momentAt('2026-03-29', 9 * 60))).toBe('2026-03-29T07:00:00.000Z');
    expect(iso(momentAt('2026-10-25', 9 * 60))).toBe('2026-10-25T08:00:00.000Z');
    expect(iso(momentAt('2026-10-24', 9 * 60))).toBe('2026-10-24T07:00:00.000Z');
  });

  it('is read from a field and written into one', () => {
    expect(iso(fromField('2026-11-22T09:30'))).toBe('2026-11-22T04:00:00.000Z');
    expect(toField(Date.parse('2026-11-22T04:00:00Z'))).toBe('2026-11-22T09:30');
    expect(fromField('soon')).toBeNull();
  });
});

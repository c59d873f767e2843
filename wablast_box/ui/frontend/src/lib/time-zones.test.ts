import { expect, test } from 'vitest';
import { timeZones, zoneLabel, zoneName } from './time-zones';

test('a zone is found by its city, its name and its distance', () => {
  const label = zoneLabel('Asia/Kolkata');

  expect(label).toContain('Kolkata, Asia');
  expect(label).toContain('India Standard Time');
  expect(label).toContain('UTC+05:30');
});

test('old names are offered under their present ones, once', () => {
  const values = timeZones().map((zone) => zone.value);

  expect(values).toContain('Asia/Kolkata');
  expect(values).not.toContain('Asia/Calcutta');
  expect(new Set(values).size).toBe(values.length);
  expect(zoneName('Europe/Kiev')).toBe('Europe/Kyiv');
});

import { expect, test } from 'vitest';
import { asMinute, asTime } from './times';

test.each([[0, '00:00'], [425, '07:05'], [1439, '23:59']])('%s minutes are %s', (minute, time) => {
  expect(asTime(minute)).toBe(time);
  expect(asMinute(time)).toBe(minute);
});

test.each(['', '7:5', '24:00', '12:60', 'noon'])('%s is no time', (time) => {
  expect(asMinute(time)).toBeNull();
});

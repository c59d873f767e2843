import { expect, test } from 'vitest';
import { heights } from './waveform';

test('bars follow the loudness, against the loudest', () => {
  const samples = new Float32Array(400).map((_, at) => (at < 100 ? 0 : at < 200 ? 0.25 : at < 300 ? -0.5 : 0.5) * (at % 2));

  expect(heights(samples, 4)).toEqual([12, 56, 100, 100]);
});

test('silence and nothing at all are flat', () => {
  expect(heights(new Float32Array(100), 4)).toEqual([12, 12, 12, 12]);
  expect(heights(new Float32Array(0), 3)).toEqual([12, 12, 12]);
});

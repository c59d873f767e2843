import { expect, test } from 'vitest';
import { points } from './trend';

test('the newest sample stands at the right edge and the highest at the top', () => {
  expect(points([0, 4])).toBe('95.8,23.0 100.0,2.0');
});

test('nothing but zeros is a line on the ground', () => {
  expect(points([0, 0])).toMatch(/23\.0 100\.0,23\.0$/);
});

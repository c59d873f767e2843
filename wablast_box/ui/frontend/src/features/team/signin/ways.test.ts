import { expect, test } from 'vitest';
import { placeAfter } from './ways';

test.each([
  ['/inbox?chat=1', '/inbox?chat=1'],
  ['/settings/account', '/settings/account'],
  ['//evil.example', '/inbox'],
  ['/\\evil.example', '/inbox'],
  ['https://evil.example', '/inbox'],
  [undefined, '/inbox'],
])('after signing in %s leads to %s', (next, place) => {
  expect(placeAfter(next)).toBe(place);
});

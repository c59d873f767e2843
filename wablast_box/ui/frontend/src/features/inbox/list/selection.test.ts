import { beforeEach, expect, test } from 'vitest';
import { clearSelection, extend, keepOnly, MOST, selectAll, toggle, useSelection } from './selection';

const order = ['a', 'b', 'c', 'd', 'e'];
const marked = () => [...useSelection.getState().ids].join('');

beforeEach(clearSelection);

test('marking twice unmarks', () => {
  toggle('a');
  toggle('b');
  toggle('a');

  expect(marked()).toBe('b');
});

test('a range goes from where marking began, in either direction', () => {
  toggle('c');
  extend(order, 'e');
  expect(marked()).toBe('cde');

  extend(order, 'b');
  expect([...useSelection.getState().ids].sort().join('')).toBe('bcde');
});

test('a range without a beginning marks one', () => {
  extend(order, 'd');

  expect(marked()).toBe('d');
});

test('what leaves the list is unmarked', () => {
  selectAll(order);
  keepOnly(new Set(['b', 'e']));

  expect(marked()).toBe('be');
});

test('no more than the box takes at once', () => {
  selectAll(Array.from({ length: 900 }, (_, at) => String(at)));

  expect(useSelection.getState().ids.size).toBe(MOST);
});

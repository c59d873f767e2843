import { expect, test } from 'vitest';
import { bindable, holder, keysNow, pressed, usual } from './keyboard';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => pressed({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('what is pressed is written as shortcuts are', () => {
  expect(press('j')).toBe('j');
  expect(press('X', { shiftKey: true })).toBe('shift+x');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('k', { ctrlKey: true })).toBe('mod+k');
  expect(press('Shift', { shiftKey: true })).toBeNull();
});

test('a key of somebody’s own counts, and none is none', () => {
  const [next] = usual();

  expect(next && keysNow(next, {})).toBe('j');
  expect(next && keysNow(next, { next: 'n' })).toBe('n');
  expect(next && keysNow(next, { next: null })).toBeNull();
});

test('keys that are taken name who has them', () => {
  const all = usual();

  expect(holder(all, {}, 'e', 'next')?.id).toBe('resolve');
  expect(holder(all, { resolve: null }, 'e', 'next')).toBeUndefined();
  expect(holder(all, {}, 'j', 'next')).toBeUndefined();
});

test('no two commands come with the same keys', () => {
  const keys = usual().map((one) => one.keys);

  expect(new Set(keys).size).toBe(keys.length);
});

test('what other parts of the screen offer can be changed too', () => {
  const more = bindable([{ id: 'x1', group: 'G', title: 'More', keys: 'y', run: () => undefined }, { id: 'x2', group: 'G', title: 'None', run: () => undefined }]);

  expect(more.map((one) => one.id)).toContain('x1');
  expect(more.map((one) => one.id)).not.toContain('x2');
});

import { expect, test } from 'vitest';
import { suggest } from './suggest';

const known = { tags: [{ id: '1', name: 'big spender', color: 'grape' }, { id: '2', name: 'vip', color: 'red' }], saved: [], teams: [{ id: '3', name: 'Night shift', count: 0 }] };
const people = [{ id: '7', name: 'Ravi Kumar' }];
const texts = (rest: string) => suggest(rest, known, people).map((one) => one.text);

test('an empty field offers every key, a beginning those that fit, a name nothing', () => {
  expect(texts('')).toContain('tag:');
  expect(texts('wi')).toEqual(['window:']);
  expect(texts('kabir')).toEqual([]);
});

test('behind a key stand its values, with quotes where they are needed', () => {
  expect(texts('is:un')).toEqual(['is:unread', 'is:unassigned']);
  expect(texts('tag:')).toEqual(['tag:"big spender"', 'tag:vip']);
  expect(texts('-tag:v')).toEqual(['-tag:vip']);
  expect(texts('tag:"big')).toEqual(['tag:"big spender"']);
  expect(texts('team:ni')).toEqual(['team:"Night shift"']);
  expect(texts('assignee:rav')).toEqual(['assignee:"Ravi Kumar"']);
});

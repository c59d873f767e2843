import { expect, test } from 'vitest';
import { joined, split, titleOf, wordsOf, written } from './views';

const known = {
  tags: [{ id: '21', name: 'big spender', color: 'grape' }],
  saved: [{ id: '31', name: 'Late', q: 'is:waiting before:2d', shared: true }],
  teams: [{ id: '11', name: 'Sales', count: 3 }],
};

test('every view says what it asks for', () => {
  expect(wordsOf('mine', known)).toBe('state:open assignee:me');
  expect(wordsOf('saved-31', known)).toBe('is:waiting before:2d');
  expect(wordsOf('tag-21', known)).toBe('state:open tag:"big spender"');
  expect(wordsOf('team-11', known)).toBe('state:open team:Sales');
  expect(wordsOf('tag-99', known)).toBeUndefined();
});

test('a view that is gone still has a title', () => {
  expect(titleOf('team-11', known)).toBe('Sales');
  expect(titleOf('saved-99', known)).not.toBe('');
});

test('terms become chips when they are complete, words of a name stay words', () => {
  expect(split('is:unread tag:"big spender" rav', false)).toEqual({ chips: ['is:unread', 'tag:"big spender"'], rest: 'rav' });
  expect(split('is:unread tag:vi', false)).toEqual({ chips: ['is:unread'], rest: 'tag:vi' });
  expect(split('is:unread tag:vip', true)).toEqual({ chips: ['is:unread', 'tag:vip'], rest: '' });
  expect(split('tag:"big sp', false)).toEqual({ chips: [], rest: 'tag:"big sp' });
  expect(split('-tag:spam ', false)).toEqual({ chips: ['-tag:spam'], rest: '' });
  expect(split('12:30 kabir', true)).toEqual({ chips: ['12:30'], rest: 'kabir' });
});

test('words are joined and quoted as the box reads them', () => {
  expect(joined('state:open', undefined, '', 'kabir')).toBe('state:open kabir');
  expect(written('team', 'Night shift')).toBe('team:"Night shift"');
});

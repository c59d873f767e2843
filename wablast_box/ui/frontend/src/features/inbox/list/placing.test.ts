import { expect, test } from 'vitest';
import type { Conversation, ListQuery } from '@/api/types';
import { aConversation, aMessage } from '../fixtures';
import { belongs, type Lists, place, removed } from './placing';

const NOW = Date.parse('2026-11-22T06:00:00Z');
const everything: ListQuery = {
  states: [], assignee: null, team: null, tags: [], without_tags: [], unread: null, waiting: false, window: null, since: null, until: null, words: [],
};
const listOf = (query: Partial<ListQuery>, ...pages: Conversation[][]): Lists => ({
  pages: pages.map((items, at) => ({ items, next_cursor: at === pages.length - 1 ? null : String(at), query: { ...everything, ...query } })),
  pageParams: pages.map(() => null),
});
const ids = (lists: Lists | undefined) => lists?.pages.map((page) => page.items.map((one) => one.id).join('')).join(' ');
const at = (id: string, sort: string, change: Partial<Conversation> = {}) => aConversation(id, { sort_id: sort, ...change });

test('a conversation that rises moves to the top, across pages', () => {
  const lists = listOf({}, [at('a', '30'), at('b', '20')], [at('c', '10')]);

  expect(ids(place(lists, at('c', '40'), NOW))).toBe('cab ');
});

test('one that keeps its place stays where it is, with what is new of it', () => {
  const next = place(listOf({}, [at('a', '30'), at('b', '20')]), at('b', '20', { unread_count: 4 }), NOW);

  expect(ids(next)).toBe('ab');
  expect(next?.pages[0]?.items[1]?.unread_count).toBe(4);
});

test('a longer number is the greater one', () => {
  expect(ids(place(listOf({}, [at('a', '999'), at('b', '99')]), at('c', '1000'), NOW))).toBe('cab');
});

test('who is new goes where they belong; below all that is loaded they wait to be paged in', () => {
  const lists = listOf({}, [at('a', '30'), at('b', '20')]);
  const more = { ...lists, pages: lists.pages.map((page) => ({ ...page, next_cursor: '20' })) };

  expect(ids(place(lists, at('c', '25'), NOW))).toBe('acb');
  expect(ids(place(lists, at('c', '5'), NOW))).toBe('abc');
  expect(ids(place(more, at('c', '5'), NOW))).toBe('ab');
});

test('what no longer fits the filter leaves, what fits again comes', () => {
  const open = listOf({ states: ['open'] }, [at('a', '30'), at('b', '20')]);

  const without = place(open, at('a', '30', { state: 'resolved' }), NOW);

  expect(ids(without)).toBe('b');
  expect(ids(place(without, at('a', '30'), NOW))).toBe('ab');
});

test('what a name found stays; others join only when they are called so', () => {
  const found = listOf({ words: ['kab'] }, [at('a', '30')]);

  expect(ids(place(found, at('a', '31', { contact: { ...aConversation('a').contact, name: 'Renamed' } }), NOW))).toBe('a');
  expect(ids(place(found, at('b', '40', { contact: { ...aConversation('b').contact, name: 'Meera' } }), NOW))).toBe('a');
  expect(ids(place(found, at('c', '40'), NOW))).toBe('ca');
});

test('taken by a colleague, it is gone', () => {
  expect(ids(removed(listOf({}, [at('a', '30'), at('b', '20')]), 'a'))).toBe('b');
  expect(removed(undefined, 'a')).toBeUndefined();
});

const ravi = { id: '7', name: 'Ravi' };
const vip = { id: '21', name: 'vip', color: 'grape' };
const fits: [string, Partial<ListQuery>, Partial<Conversation>, Partial<Conversation>][] = [
  ['state', { states: ['open', 'pending'] }, { state: 'pending' }, { state: 'resolved' }],
  ['mine', { assignee: '7' }, { assignee: ravi }, { assignee: null }],
  ['nobody’s', { assignee: '0' }, { assignee: null }, { assignee: ravi }],
  ['team', { team: '7' }, { team: ravi }, { team: null }],
  ['tags', { tags: ['21'] }, { tags: [vip] }, { tags: [] }],
  ['without tags', { without_tags: ['21'] }, { tags: [] }, { tags: [vip] }],
  ['unread', { unread: true }, { unread_count: 1 }, { unread_count: 0 }],
  ['read', { unread: false }, { unread_count: 0 }, { unread_count: 1 }],
  ['waiting', { waiting: true }, { waiting_since_at: '2026-11-22T05:00:00Z' }, { waiting_since_at: null }],
  ['closing', { window: 'closing' }, { window_expires_at: '2026-11-22T07:00:00Z' }, { window_expires_at: '2026-11-22T09:00:00Z' }],
  ['open window', { window: 'open' }, { window_expires_at: '2026-11-22T09:00:00Z' }, { window_expires_at: null }],
  ['closed window', { window: 'closed' }, { window_expires_at: '2026-11-22T05:00:00Z' }, { window_expires_at: '2026-11-22T07:00:00Z' }],
  ['since', { since: '100' }, { sort_id: '100' }, { sort_id: '99' }],
  ['until', { until: '100' }, { sort_id: '99' }, { sort_id: '100' }],
];
test.each(fits)('the filter %s decides', (_, query, yes, no) => {
  const last = aMessage('1');

  expect(belongs(aConversation('a', { last_message: last, ...yes }), { ...everything, ...query }, NOW)).toBe(true);
  expect(belongs(aConversation('a', { last_message: last, ...no }), { ...everything, ...query }, NOW)).toBe(false);
});

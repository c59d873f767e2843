import { expect, test } from 'vitest';
import { aConversation, aMessage, aReply, idsOf, pagesOf } from './fixtures';
import { firstPage, onConversation, onLastMessage } from './live';

const all = { filter: 'all', q: '', me: 'ravi' } as const;

test('a conversation with a new message moves to the top', () => {
  const lists = pagesOf([aConversation('3'), aConversation('2')], [aConversation('1')]);

  const next = onConversation(lists, aConversation('1', { last_message: aMessage('9') }), all);

  expect(idsOf(next)).toEqual(['1', '3', '2']);
});

test('a conversation whose newest message is the same keeps its place', () => {
  const lists = pagesOf([aConversation('3'), aConversation('2')]);

  const next = onConversation(lists, aConversation('2', { unread_count: 4 }), all);

  expect(idsOf(next)).toEqual(['3', '2']);
  expect(next?.pages[0]?.items[1]?.unread_count).toBe(4);
});

test('a customer who writes for the first time appears', () => {
  expect(idsOf(onConversation(pagesOf([aConversation('1')]), aConversation('2'), all))).toEqual(['2', '1']);
});

test('a conversation given to somebody else leaves my list', () => {
  const mine = { filter: 'mine', q: '', me: 'ravi' } as const;
  const lists = pagesOf([aConversation('1', { assignee: { id: 'ravi', name: 'Ravi' } })]);

  expect(idsOf(onConversation(lists, aConversation('1', { assignee: { id: 'asha', name: 'Asha' } }), mine))).toEqual([]);
});

test('what a search found stays, and others do not join it', () => {
  const search = { filter: 'all', q: 'kabir', me: 'ravi' } as const;
  const lists = pagesOf([aConversation('2'), aConversation('1')]);

  expect(idsOf(onConversation(lists, aConversation('3'), search))).toEqual(['2', '1']);
  expect(idsOf(onConversation(lists, aConversation('1', { last_message: aMessage('9') }), search))).toEqual(['2', '1']);
});

test('the line in the list follows its message and never goes back to an older one', () => {
  const conversation = aConversation('1', { last_message: aReply('5', { state: 'sent' }) });

  expect(onLastMessage(conversation, aReply('5', { state: 'read' })).last_message?.state).toBe('read');
  expect(onLastMessage(conversation, aMessage('6')).last_message?.id).toBe('6');
  expect(onLastMessage(conversation, aMessage('4')).last_message?.id).toBe('5');
});

test('after a long absence only the newest page is kept', () => {
  expect(idsOf(firstPage(pagesOf([aMessage('2')], [aMessage('1')])))).toEqual(['2']);
});

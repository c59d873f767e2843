import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Conversation } from '@/api/types';
import { aConversation } from '../fixtures';
import { conversationQuery } from '../queries';
import { begin } from './usePrefetch';

test('a row of the list is the first answer of its conversation, as old as the list and kept like any other', () => {
  const client = new QueryClient();
  begin(client, aConversation('7'), 1_000);
  const query = client.getQueryCache().find({ queryKey: conversationQuery('7').queryKey });
  expect(query?.state.data).toEqual(aConversation('7'));
  expect(query?.state.dataUpdatedAt).toBe(1_000);
  expect(query?.meta?.['keep']).toBe('chats');
});

test('what is known of it already stays', () => {
  const client = new QueryClient();
  const known: Conversation = aConversation('7', { unread_count: 3 });
  client.setQueryData(conversationQuery('7').queryKey, known);
  begin(client, aConversation('7'), Date.now());
  expect(client.getQueryData(conversationQuery('7').queryKey)).toBe(known);
});

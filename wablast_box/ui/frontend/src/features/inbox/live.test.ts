import { expect, test } from 'vitest';
import { aConversation, aMessage, aReply, idsOf, pagesOf } from './fixtures';
import { firstPage, onLastMessage } from './live';

test('the line in the list follows its message and never goes back to an older one', () => {
  const conversation = aConversation('1', { last_message: aReply('5', { state: 'sent' }) });

  expect(onLastMessage(conversation, aReply('5', { state: 'read' })).last_message?.state).toBe('read');
  expect(onLastMessage(conversation, aMessage('6')).last_message?.id).toBe('6');
  expect(onLastMessage(conversation, aMessage('4')).last_message?.id).toBe('5');
});

test('after a long absence only the newest page is kept', () => {
  expect(idsOf(firstPage(pagesOf([aMessage('2')], [aMessage('1')])))).toEqual(['2']);
});

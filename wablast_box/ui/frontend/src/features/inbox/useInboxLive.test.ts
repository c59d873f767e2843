import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { aConversation, aMessage, aTimeline, timelineIds } from './fixtures';
import type { Conversation, Message } from '@/api/types';
import type { TimelineData } from './thread/timeline';
import { inBursts, patchAnswer, patchMessage } from './useInboxLive';

const newest = aMessage('2');
const key = ['timeline', newest.conversation_id];

/** An answer that is on its way until the test lets it arrive. */
function onItsWay(): { arrives: Promise<Message[]>; arrive: (items: Message[]) => void } {
  let arrive: (items: Message[]) => void = () => undefined;
  const arrives = new Promise<Message[]>((resolve) => { arrive = resolve; });
  return { arrives, arrive: (items) => { arrive(items); } };
}

test('a message that comes while its conversation is being loaded is not lost', async () => {
  const client = new QueryClient();
  const answer = onItsWay();
  const loading = client.fetchQuery({ queryKey: key, queryFn: async () => aTimeline(await answer.arrives) });

  patchMessage(client, newest, undefined);
  answer.arrive([aMessage('1')]);
  await loading;

  expect(timelineIds(client.getQueryData<TimelineData>(key))).toEqual(['1', '2']);
});

test('a message that comes while its conversation is loaded again is not lost', async () => {
  const client = new QueryClient();
  client.setQueryData(key, aTimeline([aMessage('1')]));
  const answer = onItsWay();
  const loading = client.fetchQuery({ queryKey: key, queryFn: async () => aTimeline(await answer.arrives) });

  patchMessage(client, newest, undefined);
  answer.arrive([aMessage('1')]);
  await loading;

  expect(timelineIds(client.getQueryData<TimelineData>(key))).toEqual(['1', '2']);
});

/** The unread messages on the screen after the box answered "none" to somebody who opened the conversation. */
async function opened(client: QueryClient, meanwhile: () => void): Promise<number | undefined> {
  const conversation = aConversation('9', { unread_count: 0 });
  let arrive: (answered: Conversation) => void = () => undefined;
  const patching = patchAnswer(client, new Promise<Conversation>((resolve) => { arrive = resolve; }));
  meanwhile();
  arrive(conversation);
  await patching;
  return client.getQueryData<Conversation>(['conversation', '9'])?.unread_count;
}

test('what the line has just told is shown by the time an answer has come', async () => {
  const client = new QueryClient();
  const hear = inBursts(client);
  vi.useFakeTimers();

  const unread = await opened(client, () => { hear({ conversation: aConversation('9', { unread_count: 2 }) }); });
  vi.runAllTimers();
  vi.useRealTimers();

  expect(unread).toBe(2);
});

test('an answer that was overtaken by the line does not take back what the line told', async () => {
  const client = new QueryClient();
  client.setQueryData(['conversation', '9'], aConversation('9', { unread_count: 1 }));
  const hear = inBursts(client);
  vi.useFakeTimers();

  const unread = await opened(client, () => {
    hear({ conversation: aConversation('9', { unread_count: 2 }) });
    vi.runAllTimers();
  });
  vi.useRealTimers();

  expect(unread).toBe(2);
  expect(await opened(client, () => undefined)).toBe(0);
});

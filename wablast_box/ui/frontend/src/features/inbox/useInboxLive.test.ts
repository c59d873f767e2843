import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { aMessage, aTimeline, timelineIds } from './fixtures';
import type { Message } from '@/api/types';
import type { TimelineData } from './thread/timeline';
import { patchMessage } from './useInboxLive';

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

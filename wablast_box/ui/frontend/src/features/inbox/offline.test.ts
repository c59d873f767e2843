import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useLine } from '@/live/socket';
import { aConversation } from './fixtures';
import { keepLatest } from './offline';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  useLine.setState({ state: 'connecting' });
});

test('a line that was slow to stand does not put off the keeping of chats', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url).pathname);
    return Promise.resolve(Response.json({ items: [], before: null, after: null }));
  });
  const client = new QueryClient();
  client.setQueryDefaults(['conversations', ''], { meta: { keep: 'lists' } });
  client.getQueryCache().build(client, { queryKey: ['conversations', ''], meta: { keep: 'lists' } }, undefined);
  client.setQueryData(['conversations', ''], { pages: [{ items: [aConversation('31')], next_cursor: null }], pageParams: [null] });

  const stop = keepLatest(client);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(asked).not.toContain('/api/v1/conversations/31/timeline');
  useLine.setState({ state: 'live' });
  await vi.advanceTimersByTimeAsync(6_000);

  // What is on disk is asked first, and answers in its own time.
  await vi.waitFor(() => { expect(asked).toContain('/api/v1/conversations/31/timeline'); });
  stop();
});

import { afterEach, expect, it, vi } from 'vitest';
import type { Conversation } from '@/api/types';
import { queryClient } from '@/query-client';
import { patchConversation } from '../useInboxLive';
import { act } from './act';

const kabir = (part: Partial<Conversation>) => ({ id: '950', state: 'open', unread_count: 0, tags: [], contact: { id: '1', name: 'Kabir' }, assignee: null, last_message: null, ...part }) as unknown as Conversation;
const known = () => queryClient.getQueryData<Conversation>(['conversation', '950']);

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.removeQueries({ queryKey: ['conversation', '950'] });
});

it('takes back what the box refused, and not what the line told meanwhile', async () => {
  const asked: (() => void)[] = [];
  const now = kabir({ unread_count: 3 });
  vi.stubGlobal('fetch', ({ method }: Request) => (method === 'POST'
    ? new Promise<Response>((give) => { asked.push(() => { give(Response.json({ error: { code: 'forbidden', message: 'Not yours.' } }, { status: 403 })); }); })
    : Promise.resolve(Response.json(now))));
  patchConversation(queryClient, kabir({}));

  const doing = act([kabir({})], { action: 'resolve' });
  expect(known()?.state).toBe('resolved');
  patchConversation(queryClient, now);
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  asked[0]?.();
  await doing;

  await vi.waitFor(() => { expect([known()?.state, known()?.unread_count]).toEqual(['open', 3]); });
});

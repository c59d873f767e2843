import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Message, Timeline } from '@/api/types';
import { tell } from '@/live/events';
import { timelineQuery } from '../queries';
import { contentOf } from './timeline';
import { useTimeline } from './useTimeline';

afterEach(() => { vi.unstubAllGlobals(); });

const says = (id: string, conversation_id = '7') => ({ id, conversation_id, client_key: null, about: null, type: 'text', state: 'received', reactions: [], created_at: '2026-11-20T10:00:00Z' }) as unknown as Message;
const page = (ids: string[], ends: Partial<Timeline>): Timeline => ({ items: ids.map((id) => ({ kind: 'message', message: says(id) })), before: null, after: null, ...ends }) as Timeline;

test('a message that comes while the newest page is on its way is there when one gets to the end', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(timelineQuery('7').queryKey, { pages: [page(['10', '11'], { after: '11' })], pageParams: [{ around: '10' }] });
  const asked: (() => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((give) => { asked.push(() => { give(Response.json(page(['30', '31'], { before: '30' }))); }); }));
  const wrapper = ({ children }: PropsWithChildren) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useTimeline('7'), { wrapper });

  act(() => { result.current.toNewest(); });
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  tell('message.received', { event_id: '1', conversation_id: '7', message: says('32') });
  tell('message.received', { event_id: '2', conversation_id: '8', message: says('33', '8') });
  await act(async () => {
    asked[0]?.();
    await vi.waitFor(() => { expect(client.getQueryData(timelineQuery('7').queryKey)?.pageParams).toEqual([{}]); });
  });

  expect(result.current.items.map((item) => contentOf(item).id)).toEqual(['30', '31', '32']);
});

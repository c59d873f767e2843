import { MutationObserver } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import type { ContactDetail } from '@/api/types';
import { AskingClient } from '@/asking';
import { tell } from '@/live/events';
import { queryClient } from '@/query-client';
import { contactQuery, tagging } from './queries';

const KABIR = '700';
const wearing = (...tags: string[]) => ({ id: KABIR, tags: tags.map((id) => ({ id, name: id })) }) as unknown as ContactDetail;

afterEach(() => { vi.unstubAllGlobals(); });

it('keeps both of two tags that are put on somebody faster than the box answers', async () => {
  const bodies: string[][] = [];
  const answers: (() => void)[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { tags } = await request.json() as { tags: string[] };
    bodies.push(tags);
    return new Promise<Response>((give) => { answers.push(() => { give(Response.json(wearing(...tags))); }); });
  });
  const client = new AskingClient();
  client.setQueryData(contactQuery(KABIR).queryKey, wearing('vip'));
  const press = (tag: string, on: boolean) => new MutationObserver(client, tagging(client, KABIR)).mutate({ tag, on });

  const pressed = [press('wholesale', true), press('vip', false)];
  await vi.waitFor(() => { expect(answers).toHaveLength(1); });
  answers[0]?.();
  await vi.waitFor(() => { expect(answers).toHaveLength(2); });
  answers[1]?.();
  await Promise.all(pressed);

  expect(bodies).toEqual([['vip', 'wholesale'], ['wholesale']]);
  expect(client.getQueryData(contactQuery(KABIR).queryKey)?.tags.map(({ id }) => id)).toEqual(['wholesale']);
});

it('asks again for the one who stayed when two were merged in another window', () => {
  queryClient.setQueryData(contactQuery(KABIR).queryKey, wearing());
  queryClient.setQueryData(contactQuery('701').queryKey, wearing());

  tell('contact.merged', { event_id: '1', contact_id: KABIR, gone_id: '701', conversation_id: null, gone_conversation_id: null });

  expect(queryClient.getQueryState(['contact', KABIR])?.isInvalidated).toBe(true);
  expect(queryClient.getQueryData(['contact', '701'])).toBeUndefined();
  queryClient.removeQueries({ queryKey: ['contact', KABIR] });
});

import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, offline } from '@/api/errors';
import { forgetKept, keepUpdates, keptAs, tooMany } from './keep';

const disk = vi.hoisted(() => new Map<string, { name: string }>());
vi.mock('./db', () => ({
  write: (_: string, row: { name: string }) => { disk.set(row.name, structuredClone(row)); return Promise.resolve(true); },
  read: (_: string, name: string) => Promise.resolve(disk.get(name)),
  readAll: () => Promise.resolve([...disk.values()]),
  remove: (_: string, name: string) => { disk.delete(name); return Promise.resolve(); },
  clear: () => { disk.clear(); return Promise.resolve(); },
}));

const chat = (ask: () => Promise<{ words: string }>) => ({ queryKey: ['chat', '7'], queryFn: ask, retry: false, ...keptAs<{ words: string }>('chats', (data) => data) });
const client = () => new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } });

beforeEach(() => {
  vi.useFakeTimers();
  disk.clear();
});
afterEach(() => { vi.useRealTimers(); });

async function seen(words: string): Promise<void> {
  const here = client();
  const stop = keepUpdates(here);
  await here.fetchQuery(chat(() => Promise.resolve({ words })));
  await vi.advanceTimersByTimeAsync(2000);
  stop();
}

test('what was on the screen can be read when the box is out of reach', async () => {
  await seen('hello');

  expect(await client().fetchQuery(chat(() => Promise.reject(offline())))).toEqual({ words: 'hello' });
});

test('what an event patched is kept as patched', async () => {
  const here = client();
  const stop = keepUpdates(here);
  await here.fetchQuery(chat(() => Promise.resolve({ words: 'hello' })));
  here.setQueryData(['chat', '7'], { words: 'hello, and more' });
  await vi.advanceTimersByTimeAsync(2000);
  stop();

  expect(await client().fetchQuery(chat(() => Promise.reject(offline())))).toEqual({ words: 'hello, and more' });
});

test('a box that answers is believed, also when it refuses', async () => {
  await seen('hello');
  const refused = new ApiError(403, { code: 'denied', message: 'no', help: null, field: null, reference: null } as never);

  await expect(client().fetchQuery(chat(() => Promise.reject(refused)))).rejects.toBe(refused);
  expect(await client().fetchQuery(chat(() => Promise.resolve({ words: 'new' })))).toEqual({ words: 'new' });
});

test('after signing out nothing can be read', async () => {
  await seen('hello');

  await forgetKept();

  await expect(client().fetchQuery(chat(() => Promise.reject(offline())))).rejects.toThrow();
});

test('what is emptied on signing out is not written once more by a late moment', async () => {
  const here = client();
  const stop = keepUpdates(here);
  await here.fetchQuery(chat(() => Promise.resolve({ words: 'hello' })));
  here.clear();
  await forgetKept();
  await vi.advanceTimersByTimeAsync(5000);
  stop();

  expect(disk.size).toBe(0);
});

test('only the newest fifty threads stay', () => {
  const rows = Array.from({ length: 53 }, (_, at) => ({ name: `t${at}`, kind: 'threads' as const, at }));

  expect(tooMany(rows).toSorted()).toEqual(['t0', 't1', 't2']);
});

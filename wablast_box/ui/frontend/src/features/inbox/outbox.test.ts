import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '@/api/types';
import { aReply } from './fixtures';
import { discard, enqueue, onSettled, restore, resume, tryAgain, useOutbox, withPending } from './outbox';

/** The browser's database, as far as the outbox needs it. */
const disk = vi.hoisted(() => new Map<string, { name: string }>());
vi.mock('@/offline/db', () => ({
  write: (_: string, row: { name: string }) => { disk.set(row.name, structuredClone(row)); return Promise.resolve(true); },
  read: (_: string, name: string) => Promise.resolve(disk.get(name)),
  readAll: () => Promise.resolve([...disk.values()]),
  remove: (_: string, name: string) => { disk.delete(name); return Promise.resolve(); },
  clear: () => { disk.clear(); return Promise.resolve(); },
}));

const settled: Message[] = [];
const fetchMock = vi.fn<(request: Request) => Promise<Response>>();
const accept = (id: string, key: string) => Promise.resolve(Response.json(aReply(id, { client_key: key }), { status: 201 }));
const refuse = (status: number, code: string) => Promise.resolve(Response.json({ error: { code, message: 'no', help: 'do that' } }, { status }));
const say = (key: string, words = key) => { enqueue({ key, conversationId: '1', body: { type: 'text', text: { body: words } }, file: null, preview: null }); };
const states = () => useOutbox.getState().pending.map((one) => `${one.key} ${one.state}`);

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('wablast.user', '1');
  disk.clear();
  settled.length = 0;
  useOutbox.setState({ pending: [] });
  onSettled((message) => { settled.push(message); });
  fetchMock.mockReset();
  vi.stubGlobal('fetch', fetchMock);
});

afterEach(() => { vi.unstubAllGlobals(); });

test('a message that the box takes leaves the outbox with its key', async () => {
  fetchMock.mockImplementation(() => accept('7', 'a'));

  say('a');
  await vi.waitFor(() => { expect(states()).toEqual([]); });

  expect(settled.map((message) => message.id)).toEqual(['7']);
  expect(fetchMock.mock.calls[0]?.[0].headers.get('Idempotency-Key')).toBe('a');
});

test('without the box everything waits, in order, and goes when the line is back', async () => {
  fetchMock.mockRejectedValue(new TypeError('failed'));
  say('a');
  say('b');
  await vi.waitFor(() => { expect(states()).toEqual(['a waiting', 'b waiting']); });
  fetchMock.mockImplementation(async (request) => accept('1', (await request.json() as { client_key: string }).client_key));

  resume();
  await vi.waitFor(() => { expect(states()).toEqual([]); });

  expect(settled.map((message) => message.client_key)).toEqual(['a', 'b']);
});

test('what waits survives closing the window', async () => {
  fetchMock.mockRejectedValue(new TypeError('failed'));
  say('a', 'hello');
  await vi.waitFor(() => { expect(states()).toEqual(['a waiting']); });

  useOutbox.setState({ pending: [] });
  await restore();

  expect(states()).toEqual(['a waiting']);
  expect(useOutbox.getState().pending[0]?.body.text?.body).toBe('hello');
});

test('words of somebody else at the same computer are not sent by me', async () => {
  disk.set('b', { name: 'b', user: '2', conversationId: '1', createdAt: '', body: { type: 'text' }, file: null, problem: null } as never);

  await restore();

  expect(states()).toEqual([]);
});

test('what another tab has sent is not sent again', async () => {
  fetchMock.mockRejectedValueOnce(new TypeError('failed')).mockImplementation(() => accept('1', 'a'));
  say('a');
  await vi.waitFor(() => { expect(states()).toEqual(['a waiting']); });
  await vi.waitFor(() => { expect(disk.has('a')).toBe(true); });

  disk.delete('a');
  resume();
  await vi.waitFor(() => { expect(states()).toEqual([]); });

  expect(fetchMock).toHaveBeenCalledTimes(1);
});

test('what was sent is gone from the disk before the next may look', async () => {
  fetchMock.mockImplementation(() => accept('7', 'a'));

  say('a');
  await vi.waitFor(() => { expect(states()).toEqual([]); });

  await vi.waitFor(() => { expect([...disk.keys()]).toEqual([]); });
});

test('a refusal stays with its reason and does not hold up the next', async () => {
  fetchMock.mockImplementationOnce(() => refuse(422, 'invalid')).mockImplementation(() => accept('2', 'b'));
  say('a');
  say('b');
  await vi.waitFor(() => { expect(states()).toEqual(['a refused']); });

  expect(useOutbox.getState().pending[0]?.problem).toMatchObject({ message: 'no', help: 'do that' });
  fetchMock.mockImplementation(() => accept('1', 'a'));
  tryAgain('a');

  await vi.waitFor(() => { expect(states()).toEqual([]); });
});

test('a discarded message is gone', async () => {
  fetchMock.mockImplementation(() => refuse(422, 'invalid'));
  say('a');
  await vi.waitFor(() => { expect(states()).toEqual(['a refused']); });

  expect(discard('a')?.body.text?.body).toBe('a');
  expect(states()).toEqual([]);
});

test('the thread shows a message once, whether the answer or the event comes first', () => {
  useOutbox.setState({ pending: [] });
  fetchMock.mockReturnValue(new Promise(() => undefined));
  say('k');
  const { pending } = useOutbox.getState();

  expect(withPending([], pending).map((message) => message.id)).toEqual(['local-k']);
  expect(withPending([aReply('7', { client_key: 'k' })], pending).map((message) => message.id)).toEqual(['7']);
});

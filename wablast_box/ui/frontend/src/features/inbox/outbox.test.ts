import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '@/api/types';
import { aReply } from './fixtures';
import { discard, enqueue, onSettled, resume, tryAgain, useOutbox, withPending } from './outbox';

const settled: Message[] = [];
const fetchMock = vi.fn<(request: Request) => Promise<Response>>();
const accept = (id: string, key: string) => Promise.resolve(Response.json(aReply(id, { client_key: key }), { status: 201 }));
const refuse = (status: number, code: string) => Promise.resolve(Response.json({ error: { code, message: 'no', help: 'do that' } }, { status }));
const say = (key: string, words = key) => { enqueue({ key, conversationId: '1', body: { type: 'text', text: { body: words } }, file: null, preview: null }); };
const states = () => useOutbox.getState().pending.map((one) => `${one.key} ${one.state}`);

beforeEach(() => {
  localStorage.clear();
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
  await vi.waitFor(() => { expect(states()).toEqual(['a waiting', 'b sending']); });
  fetchMock.mockImplementation(async (request) => accept('1', (await request.json() as { client_key: string }).client_key));

  resume();
  await vi.waitFor(() => { expect(states()).toEqual([]); });

  expect(settled.map((message) => message.client_key)).toEqual(['a', 'b']);
});

test('what waits survives closing the window', async () => {
  fetchMock.mockRejectedValue(new TypeError('failed'));

  say('a', 'hello');
  await vi.waitFor(() => { expect(states()).toEqual(['a waiting']); });

  expect(localStorage.getItem('wablast.draft.outbox')).toContain('hello');
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

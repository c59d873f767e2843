import { expect, test, vi } from 'vitest';
import type { Conversation, Message } from '@/api/types';
import { tell } from '@/live/events';
import { givesTo, type Heard, listen } from './hear';
import { Rush } from './rush';

const message = (part: Partial<Message> = {}) => ({ id: '9', conversation_id: '1', direction: 'in', type: 'text', text: 'hi', ...part }) as Message;
const chat = (part: object = {}) => ({ id: '1', contact: { name: 'Kabir' }, assignee: null, team: null, unread_count: 1, ...part }) as Conversation;

function hears(known = chat()): { heard: Heard[]; stop: () => void } {
  const heard: Heard[] = [];
  return { heard, stop: listen('me', (one) => { heard.push(one); }, {
    find: () => Promise.resolve(known), isMine: (team) => Promise.resolve(team === 'mine'), canAnswer: (user) => Promise.resolve(user === 'ravi'),
  }) };
}

test('a message is told once its conversation says for whom it is', () => {
  const { heard, stop } = hears();

  tell('message.received', { event_id: '1', conversation_id: '1', message: message() });
  expect(heard).toEqual([]);
  tell('conversation.updated', { event_id: '1', conversation: chat({ assignee: { id: 'me', name: 'Me' } }) });
  tell('conversation.updated', { event_id: '2', conversation: chat() });

  expect(heard.map(({ kind, name, assigneeId }) => [kind, name, assigneeId])).toEqual([['message', 'Kabir', 'me']]);
  stop();
});

test('hearts, our own answers and what is read already are no call', () => {
  const { heard, stop } = hears();

  for (const one of [message({ type: 'reaction' }), message({ direction: 'out' })]) tell('message.received', { event_id: '1', conversation_id: '1', message: one });
  tell('conversation.updated', { event_id: '1', conversation: chat() });
  tell('message.received', { event_id: '2', conversation_id: '1', message: message() });
  tell('conversation.updated', { event_id: '2', conversation: chat({ unread_count: 0 }) });

  expect(heard).toEqual([]);
  stop();
});

test('a note that calls me is told', async () => {
  const { heard, stop } = hears();

  const note = { id: '5', conversation_id: '1', text: '', mentions: [{ id: 'me', name: 'Me' }] };
  tell('note.added', { event_id: '1', conversation_id: '1', note } as never);

  await vi.waitFor(() => { expect(heard.map((one) => one.kind)).toEqual(['mention']); });
  stop();
});

test('a chat that somebody else gives me is news, one I took is not', () => {
  const detail = { user: { id: 'me', name: 'Me' } };

  expect(givesTo({ kind: 'assigned', detail, actor: { kind: 'user', id: 'asha', name: 'Asha' } } as never, 'me')).toBe(true);
  expect(givesTo({ kind: 'assigned', detail, actor: { kind: 'user', id: 'me', name: 'Me' } } as never, 'me')).toBe(false);
  expect(givesTo({ kind: 'assigned', detail: { user: null }, actor: null } as never, 'me')).toBe(false);
});

test.each([['mine', false], ['theirs', true]])('a late chat of the team “%s”: of others: %s', async (team, isOthers) => {
  const { heard, stop } = hears(chat({ team: { id: team, name: 'Sales' } }));

  const activity = { id: '5', conversation_id: '1', kind: 'overdue', actor: { kind: 'system' }, detail: { promise: 'answer' } };
  tell('activity.added', { event_id: '1', conversation_id: '1', activity } as never);

  await vi.waitFor(() => { expect(heard).toMatchObject([{ kind: 'overdue', promise: 'answer', name: 'Kabir', isOthers }]); });
  stop();
});

test.each([['me', 'me'], ['ravi', 'ravi'], ['who left', null]])('a late chat of “%s” is for: %s', async (holder, assigneeId) => {
  const { heard, stop } = hears(chat({ assignee: { id: holder, name: 'Somebody' } }));

  const activity = { id: '5', conversation_id: '1', kind: 'overdue', actor: { kind: 'system' }, detail: { promise: 'answer' } };
  tell('activity.added', { event_id: '1', conversation_id: '1', activity } as never);

  await vi.waitFor(() => { expect(heard).toMatchObject([{ kind: 'overdue', assigneeId, isOthers: false }]); });
  stop();
});

test('many chats at once are told as a number', () => {
  const rush = new Rush();

  expect(['a', 'b', 'c'].map((id) => rush.count(id, 0))).toEqual([0, 0, 0]);
  expect(rush.count('d', 10)).toBe(4);
  expect(rush.count('e', 60_000)).toBe(0);
});

import { expect, test } from 'vitest';
import { aMessage, aReply } from './fixtures';
import { firstUnread, type MessageRow, type Row, rowsOf } from './rows';

const view = { newFrom: null, now: Date.parse('2026-11-22T08:00:00Z') };
const kinds = (rows: Row[]): string[] => rows.map((row) => (row.kind === 'message' ? row.message.id : row.kind === 'day' ? row.label : row.kind));
const messageRow = (rows: Row[], id: string): MessageRow | undefined => rows.find((row): row is MessageRow => row.kind === 'message' && row.message.id === id);
const reaction = (id: string, emoji: string, change = {}) => aMessage(id, { type: 'reaction', content: { message_id: 'wamid.1', emoji }, ...change });

test('each day of the business has its heading', () => {
  const rows = rowsOf([
    aMessage('1', { created_at: '2026-11-20T10:00:00Z' }),
    aMessage('2', { created_at: '2026-11-21T18:29:00Z' }),
    aMessage('3', { created_at: '2026-11-21T18:31:00Z' }),
  ], view);

  expect(kinds(rows)).toEqual(['Friday, 20 November', '1', 'Yesterday', '2', 'Today', '3']);
});

test('messages of one side within minutes belong together', () => {
  const rows = rowsOf([aMessage('1'), aMessage('2'), aReply('3'), aMessage('4', { created_at: '2026-11-22T07:00:00Z' })], view);

  expect(rows.map((row) => row.kind === 'message' && row.run)).toEqual([false, false, true, false, false]);
});

test('a reaction sits on its message, the last one of each side', () => {
  const rows = rowsOf([aMessage('1'), reaction('2', '❤️'), reaction('3', '👍'), reaction('4', '🙏', { direction: 'out' })], view);

  expect(kinds(rows)).toEqual(['Today', '1']);
  expect(messageRow(rows, '1')?.reactions).toEqual([{ direction: 'in', emoji: '👍' }, { direction: 'out', emoji: '🙏' }]);
});

test('a reaction that was taken back is gone', () => {
  expect(messageRow(rowsOf([aMessage('1'), reaction('2', '❤️'), reaction('3', '')], view), '1')?.reactions).toEqual([]);
});

test('a reaction to a message that is not loaded stays readable as a line of its own', () => {
  expect(kinds(rowsOf([reaction('2', '❤️')], view))).toEqual(['Today', 'notice']);
});

test('an edit changes the words, a deletion marks them', () => {
  const edit = aMessage('2', { type: 'edit', text: 'two pieces', content: { original_message_id: 'wamid.1' } });
  const revoke = aMessage('4', { type: 'revoke', text: null, content: { original_message_id: 'wamid.3' } });
  const rows = rowsOf([aMessage('1'), edit, aMessage('3'), revoke], view);

  expect(messageRow(rows, '1')?.edited).toBe('two pieces');
  expect(messageRow(rows, '3')?.revoked).toBe(true);
});

test('the "New" line stands before what nobody had read', () => {
  const messages = [aMessage('1'), aMessage('2'), aReply('3'), aMessage('4')];
  const newFrom = firstUnread(messages, 2);

  expect(newFrom).toBe('2');
  expect(kinds(rowsOf(messages, { ...view, newFrom }))).toEqual(['Today', '1', 'new', '2', '3', '4']);
});

test('a bubble keeps its row when the box settles it', () => {
  const [, before] = rowsOf([aReply('local-k', { client_key: 'k', created_at: '2026-11-22T06:00:00Z' })], view);
  const [, after] = rowsOf([aReply('17', { client_key: 'k' })], view);

  expect(before?.key).toBe(after?.key);
});

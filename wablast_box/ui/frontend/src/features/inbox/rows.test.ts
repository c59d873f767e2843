import { expect, test } from 'vitest';
import { aMessage, aNote, anActivity, aReply, asItem } from './fixtures';
import { firstUnread, heardIn, holds, type MessageRow, type Row, rowsOf } from './rows';

const view = { newFrom: null, now: Date.parse('2026-11-22T08:00:00Z') };
const rowsOfMessages = (...messages: Parameters<typeof asItem>[0][]): Row[] => rowsOf(messages.map(asItem), view);
const kinds = (rows: Row[]): string[] => rows.map((row) => (row.kind === 'message' ? row.message.id : row.kind === 'day' ? row.label : row.kind));
const messageRow = (rows: Row[], id: string): MessageRow | undefined => rows.find((row): row is MessageRow => row.kind === 'message' && row.message.id === id);
const photo = (id: string, change = {}) => aMessage(id, { type: 'image', text: null, ...change });

test('each day of the business has its heading', () => {
  const rows = rowsOfMessages(
    aMessage('1', { created_at: '2026-11-20T10:00:00Z' }),
    aMessage('2', { created_at: '2026-11-21T18:29:00Z' }),
    aMessage('3', { created_at: '2026-11-21T18:31:00Z' }),
  );

  expect(kinds(rows)).toEqual(['Friday, 20 November', '1', 'Yesterday', '2', 'Today', '3']);
});

test('messages of one side within minutes belong together', () => {
  const rows = rowsOfMessages(aMessage('1'), aMessage('2'), aReply('3'), aMessage('4', { created_at: '2026-11-22T07:00:00Z' }));

  expect(rows.map((row) => row.kind === 'message' && row.run)).toEqual([false, false, true, false, false]);
});

test('notes and activities stand between the messages', () => {
  const rows = rowsOf([asItem(aMessage('1')), { kind: 'note', note: aNote('2') }, { kind: 'activity', activity: anActivity('3') }, asItem(aMessage('4'))], view);

  expect(kinds(rows)).toEqual(['Today', '1', 'note', 'activity', '4']);
  expect(messageRow(rows, '4')?.run).toBe(false);
});

test('a reaction that is still on its way shows on its message', () => {
  const own = aReply('local-k', { type: 'reaction', state: 'queued', content: { message_id: 'wamid.1', emoji: '🙏' }, about: { wamid: 'wamid.1', message_id: null } });
  const rows = rowsOfMessages(aMessage('1', { reactions: [{ emoji: '👍', by: 'us', name: 'Ravi', at: '' }] }), own);

  expect(kinds(rows)).toEqual(['Today', '1']);
  expect(messageRow(rows, '1')?.message.reactions.map(({ emoji }) => emoji)).toEqual(['🙏']);
});

test('a reaction to a message that is not here stays readable as a line of its own', () => {
  expect(kinds(rowsOfMessages(aMessage('2', { type: 'reaction', about: { wamid: 'wamid.0', message_id: null } })))).toEqual(['Today', 'notice']);
});

test('pictures in a row become an album under the key of the first', () => {
  const rows = rowsOfMessages(photo('1'), photo('2'), photo('3'), aMessage('4'));

  expect(kinds(rows)).toEqual(['Today', 'album', '4']);
  expect(rows[1]?.key).toBe('1');
  expect([holds(rows[1] as Row, '2'), heardIn(rows[1] as Row)]).toEqual([true, 3]);
});

test.each([
  ['words', { text: 'this one' }],
  ['a quote', { reply_to: { wamid: 'w', message_id: '9' } }],
  ['a reaction', { reactions: [{ emoji: '👍', by: 'us' as const, name: null, at: '' }] }],
  ['another side', { direction: 'out' as const }],
  ['another time', { created_at: '2026-11-22T06:30:00Z' }],
  ['a deletion', { revoked: { by: 'customer' as const, at: '' } }],
])('a picture with %s stands alone', (_, change) => {
  expect(kinds(rowsOfMessages(photo('1'), photo('2', change)))).toEqual(['Today', '1', '2']);
});

test('the "New" line stands before what nobody had read', () => {
  const items = [aMessage('1'), aMessage('2'), aReply('3'), aMessage('4')].map(asItem);
  const newFrom = firstUnread(items, 2);

  expect(newFrom).toBe('2');
  expect(kinds(rowsOf(items, { ...view, newFrom }))).toEqual(['Today', '1', 'new', '2', '3', '4']);
});

test('the "New" line breaks an album', () => {
  expect(kinds(rowsOf([photo('1'), photo('2')].map(asItem), { ...view, newFrom: '2' }))).toEqual(['Today', '1', 'new', '2']);
});

test('a bubble keeps its row when the box settles it', () => {
  const [, before] = rowsOfMessages(aReply('local-k', { client_key: 'k', created_at: '2026-11-22T06:00:00Z' }));
  const [, after] = rowsOfMessages(aReply('17', { client_key: 'k' }));

  expect(before?.key).toBe(after?.key);
});

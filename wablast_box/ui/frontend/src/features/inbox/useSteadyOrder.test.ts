import { expect, test } from 'vitest';
import { aConversation, aMessage } from './fixtures';
import { freeze, steady } from './useSteadyOrder';

const [a, b, c, d] = [aConversation('4'), aConversation('3'), aConversation('2'), aConversation('1')];
const written = (conversation: ReturnType<typeof aConversation>, id = '9') => ({ ...conversation, last_message: aMessage(id), sort_id: id });
const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

test('under the pointer nothing moves, and the pill counts what should have', () => {
  const frozen = freeze([a, b, c]);

  const { rows, fresh } = steady(frozen, [written(c), a, b]);

  expect(ids(rows)).toEqual(['4', '3', '2']);
  expect(rows[2]?.last_message?.id).toBe('9');
  expect(fresh).toBe(1);
});

test('a first-time customer waits behind the pill', () => {
  const frozen = freeze([aConversation('3'), aConversation('2')]);

  const { rows, fresh } = steady(frozen, [written(aConversation('8')), aConversation('3'), aConversation('2')]);

  expect(ids(rows)).toEqual(['3', '2']);
  expect(fresh).toBe(1);
});

test('a new message in the conversation that is already on top needs no pill', () => {
  const frozen = freeze([aConversation('3'), aConversation('2')]);

  expect(steady(frozen, [written(aConversation('3')), aConversation('2')]).fresh).toBe(0);
});

test('pages scrolled to meanwhile follow at the end', () => {
  const frozen = freeze([a, b]);

  expect(ids(steady(frozen, [a, b, c, d]).rows)).toEqual(['4', '3', '2', '1']);
});

test('a conversation that left the list is gone', () => {
  const frozen = freeze([aConversation('3'), aConversation('2')]);

  expect(ids(steady(frozen, [aConversation('2')]).rows)).toEqual(['2']);
});

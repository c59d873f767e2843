import { expect, test, vi } from 'vitest';
import { askFrom, isLater, replay } from './replay';

const missed = (id: string) => ({ event_id: id, name: 'message.received', conversation_id: '1', message_id: '2' });

test('a window that was away asks from the last event it saw, page by page', async () => {
  const fetchPage = vi.fn()
    .mockResolvedValueOnce({ items: [missed('11')], next_cursor: '11', reload: false })
    .mockResolvedValueOnce({ items: [missed('12')], next_cursor: null, reload: false });

  const found = await replay('10', fetchPage);

  expect(found).toEqual([missed('11'), missed('12')]);
  expect(fetchPage.mock.calls).toEqual([['10'], ['11']]);
});

test('a window that has seen nothing yet fetches everything again', async () => {
  expect(await replay(null, vi.fn())).toBe('everything');
});

test('a box that no longer knows says so', async () => {
  const fetchPage = vi.fn().mockResolvedValue({ items: [], next_cursor: null, reload: true });

  expect(await replay('10', fetchPage)).toBe('everything');
});

test('ids beyond the numbers of JavaScript still have an order', () => {
  expect(isLater('9007199254740993', '9007199254740992')).toBe(true);
  expect(isLater('999', '1000')).toBe(false);
  expect(isLater('1', null)).toBe(true);
});

test('what was written just before the last event that was heard is asked for once more', () => {
  const second = 1000n << 21n;
  const heard = 190_000_000_000n << 21n;

  expect(isLater(String(heard - second), askFrom(String(heard)))).toBe(true);
  expect(isLater(String(heard - 3n * second), askFrom(String(heard)))).toBe(false);
  expect([askFrom('7'), askFrom(null)]).toEqual(['0', null]);
});

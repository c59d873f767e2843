import { expect, test } from 'vitest';
import { aMessage, aNote, anActivity, aReply, asItem, aTimeline, timelineIds } from '../fixtures';
import { itemsOf, newestPage, onItem, reachesEnd, type TimelineData } from './timeline';

const messageAt = (data: TimelineData | undefined, at: number) => {
  const item = itemsOf(data)[at];
  return item?.kind === 'message' ? item.message : undefined;
};
const cutOff = (data: TimelineData): TimelineData => ({ ...data, pages: data.pages.map((page) => ({ ...page, before: page.items[0] ? 'more' : null })) });

test('a new row comes last, whatever its kind', () => {
  const thread = aTimeline([aMessage('1')], [aMessage('2')]);

  const next = [asItem(aMessage('3')), { kind: 'note' as const, note: aNote('4') }, { kind: 'activity' as const, activity: anActivity('5') }].reduce<TimelineData | undefined>(onItem, thread);

  expect(timelineIds(next)).toEqual(['1', '2', '3', '4', '5']);
});

test('a row told twice is shown once', () => {
  expect(timelineIds(onItem(aTimeline([aMessage('1'), aMessage('2')]), asItem(aMessage('2'))))).toEqual(['1', '2']);
});

test('a row that came late stands where its id puts it', () => {
  expect(timelineIds(onItem(aTimeline([aMessage('1')], [aMessage('3'), aMessage('4')]), asItem(aMessage('2'))))).toEqual(['1', '2', '3', '4']);
});

test('a row older than all that is loaded waits until it is scrolled to', () => {
  expect(timelineIds(onItem(cutOff(aTimeline([aMessage('5')])), asItem(aMessage('2'))))).toEqual(['5']);
  expect(timelineIds(onItem(aTimeline([aMessage('5')]), asItem(aMessage('2'))))).toEqual(['2', '5']);
});

test('who looks at the past is not shown the present below it', () => {
  const past = aTimeline([aMessage('1'), aMessage('2')]);
  past.pages = past.pages.map((page) => ({ ...page, after: '2' }));

  expect(reachesEnd(past)).toBe(false);
  expect(timelineIds(onItem(past, asItem(aMessage('9'))))).toEqual(['1', '2']);
});

test('an empty thread takes its first row', () => {
  expect(timelineIds(onItem(aTimeline([]), asItem(aMessage('1'))))).toEqual(['1']);
});

test('the event with the same client key settles the bubble in its place', () => {
  const thread = aTimeline([aMessage('1'), aReply('local', { client_key: 'k', state: 'queued' })]);

  const next = onItem(thread, asItem(aReply('8', { client_key: 'k', state: 'sent' })));

  expect(timelineIds(next)).toEqual(['1', '8']);
  expect(messageAt(next, 1)?.state).toBe('sent');
});

test.each([
  ['delivered', 'sent', 'delivered'],
  ['sent', 'read', 'read'],
  ['failed', 'sent', 'failed'],
  ['failed', 'queued', 'queued'],
  ['unconfirmed', 'queued', 'queued'],
  ['unconfirmed', 'delivered', 'delivered'],
] as const)('%s, then %s, shows %s', (known, next, shown) => {
  expect(messageAt(onItem(aTimeline([aReply('1', { state: known })]), asItem(aReply('1', { state: next }))), 0)?.state).toBe(shown);
});

test('a file that is here is not taken away by an older answer', () => {
  const photo = (state: 'stored' | 'pending' | 'failed') => aMessage('2', { attachment: { state, media_id: null, url: null, picture: null, mime_type: null, filename: null, size: null, animated: false, voice: false, error: null } });

  expect(messageAt(onItem(aTimeline([photo('stored')]), asItem(photo('pending'))), 0)?.attachment?.state).toBe('stored');
  expect(messageAt(onItem(aTimeline([photo('failed')]), asItem(photo('pending'))), 0)?.attachment?.state).toBe('pending');
});

test('a reaction shows on its message at once, replaces the former of its side and can be taken back', () => {
  const reaction = (id: string, emoji: string) => asItem(aReply(id, { type: 'reaction', text: emoji, content: { message_id: 'wamid.1', emoji }, about: { wamid: 'wamid.1', message_id: '1' } }));
  const first = onItem(aTimeline([aMessage('1', { reactions: [{ emoji: '🙏', by: 'customer', name: null, at: '' }] })]), reaction('2', '👍'));
  const second = onItem(first, reaction('3', '❤️'));
  const third = onItem(second, reaction('4', ''));

  const shown = [first, second, third].map((data) => messageAt(data, 0)?.reactions.map(({ emoji, by }) => `${by} ${emoji}`));
  expect(shown).toEqual([['customer 🙏', 'us 👍'], ['customer 🙏', 'us ❤️'], ['customer 🙏']]);
  expect(timelineIds(third)).toEqual(['1']);
});

test('of a thread that is left only the newest page stays', () => {
  expect(timelineIds(newestPage(aTimeline([aMessage('1')], [aMessage('2')])))).toEqual(['2']);
});

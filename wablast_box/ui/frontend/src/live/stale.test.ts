import { beforeEach, describe, expect, it } from 'vitest';
import { queryClient } from '@/query-client';
import { tell, tellReturn } from './events';
import { goesStale } from './stale';

goesStale('people', 'contact.updated', ({ contact_id: id }) => ['people', id]);
goesStale('labels', 'tags.changed', ({ is_new }) => (is_new ? null : ['labels']));

const stale = () => queryClient.getQueryCache().getAll().filter(({ state }) => state.isInvalidated).map(({ queryKey }) => queryKey.join(' '));

describe('answers that go stale', () => {
  beforeEach(() => {
    queryClient.clear();
    for (const key of [['people', '7'], ['people', '8'], ['labels'], ['weather']]) queryClient.setQueryData(key, 'known');
  });

  it('are those that the event is about', () => {
    tell('contact.updated', { event_id: '1', contact_id: '7', conversation_id: null });
    expect(stale()).toEqual(['people 7']);
    tell('tags.changed', { event_id: '2', is_new: true });
    expect(stale()).toEqual(['people 7']);
    tell('tags.changed', { event_id: '3', is_new: false });
    expect(stale()).toEqual(['people 7', 'labels']);
  });

  it('are all that any event could be about, after an absence', () => {
    tellReturn([]);
    expect(stale()).toEqual(['people 7', 'people 8', 'labels']);
  });
});

import { afterEach, expect, it } from 'vitest';
import { tell } from '@/live/events';
import { queryClient } from '@/query-client';
import { flowQuery, versionsQuery } from './queries';
import type { Flow } from './types';

const FLOW = '901';
const isStale = (queryKey: readonly unknown[]) => queryClient.getQueryState(queryKey)?.isInvalidated;
const keeps = (has_changes: boolean) => {
  queryClient.setQueryData(flowQuery(FLOW).queryKey, { id: FLOW, has_changes } as Flow);
  queryClient.setQueryData(versionsQuery(FLOW).queryKey, []);
};

afterEach(() => { queryClient.removeQueries({ queryKey: ['flow', FLOW] }); });

it('asks again for an open flow that a colleague published, renamed or switched', () => {
  for (const what of ['published', 'changed', 'deleted']) {
    keeps(true);
    tell('flow.changed', { event_id: '1', id: FLOW, what });
    expect([isStale(['flow', FLOW]), isStale(['flow', FLOW, 'versions'])]).toEqual([true, true]);
  }
});

it('asks again for what is drawn only when that says something new', () => {
  keeps(true);
  tell('flow.changed', { event_id: '1', id: FLOW, what: 'drawn' });
  tell('flow.changed', { event_id: '2', id: '902', what: 'published' });
  expect(isStale(['flow', FLOW])).toBe(false);

  keeps(false);
  tell('flow.changed', { event_id: '3', id: FLOW, what: 'drawn' });
  expect(isStale(['flow', FLOW])).toBe(true);
});

import { expect, test } from 'vitest';
import type { ServiceTarget } from '@/api/types';
import { aConversation } from '../fixtures';
import { promised } from './promise';

const NOW = Date.parse('2026-11-22T06:00:00Z');
const target = (part: Partial<ServiceTarget> = {}): ServiceTarget => ({ team_id: null, answer_within_s: 600, resolve_within_s: null, set_at: '2026-11-01T00:00:00Z', ...part });
const waits = (minutes: number, part = {}) => aConversation('1', { waiting_since_at: new Date(NOW - minutes * 60_000).toISOString(), ...part });

test.each([[2, { late: false, soon: false }], [7, { late: false, soon: true }], [10, { late: true, soon: true }]])('after %s of ten minutes', (minutes, expected) => {
  expect(promised(waits(minutes), [target()], NOW)).toMatchObject(expected);
});

test('a team’s own promise goes before the box’s, also when it promises nothing', () => {
  const sales = { team: { id: '7', name: 'Sales' } };

  expect(promised(waits(2, sales), [target(), target({ team_id: '7', answer_within_s: 60 })], NOW)?.late).toBe(true);
  expect(promised(waits(60, sales), [target(), target({ team_id: '7', answer_within_s: null })], NOW)).toBeNull();
});

test('nobody who does not wait, is snoozed, or was late before the promise', () => {
  expect(promised(aConversation('1'), [target()], NOW)).toBeNull();
  expect(promised(waits(60, { state: 'snoozed' }), [target()], NOW)).toBeNull();
  expect(promised(waits(60), [target({ set_at: '2026-11-22T05:59:00Z' })], NOW)).toBeNull();
  expect(promised(waits(60), [], NOW)).toBeNull();
});

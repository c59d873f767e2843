import { expect, test } from 'vitest';
import type { Diagnostics } from '@/api/types';
import { pretty } from './pretty';
import { worries } from './verdict';

const well: Diagnostics = {
  webhook_events: { pending: 0, failed: 0, oldest_pending_age_s: null },
  outbox: { queued: 3, sending: 1, unconfirmed: 0, oldest_queued_age_s: 2 },
  attachments: { pending: 0, failed: 0 },
  tasks: { queued: 0 },
  events: { last_id: '1' },
  memory_mb: 90, open_sockets: 2, threads: 20, uptime_s: 60, disk_free_mb: 20_000, version: '0.1.0',
  database: { kind: 'sqlite', library: '3.51.3', size_mb: 3 },
};

test('a queue that moves worries nobody', () => {
  expect(worries(well)).toEqual([]);
});

test('what waits too long, is unconfirmed or was kept aside does', () => {
  const outbox = { ...well.outbox, oldest_queued_age_s: 61, unconfirmed: 1 };

  expect(worries({ ...well, outbox, disk_free_mb: 200 })).toEqual(['outgoing', 'unconfirmed', 'disk']);
});

test('a body is laid out, and one that is no JSON is shown as it came', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('<html>')).toBe('<html>');
  expect(pretty({ a: 1 })).toBe('{\n  "a": 1\n}');
});

import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import type { Alerts } from '@/api/types';
import { alertsQuery } from '@/shell/alerts/queries';
import { changingAlerts } from './queries';

const wants: Alerts = {
  hears_mine: true, hears_mentions: true, hears_unassigned: true, shows_text: false,
  quiet_from_min: 1260, quiet_until_min: 480, digest_after_min: null, is_mail_set_up: false,
};

afterEach(() => { vi.unstubAllGlobals(); });

test('what is changed while the box still answers to the last change is kept', async () => {
  const client = new QueryClient();
  client.setQueryData(alertsQuery.queryKey, wants);
  // A box that answers to what came first last, and knows what reached it.
  const asked: (() => void)[] = [];
  let kept = wants;
  vi.stubGlobal('fetch', async (request: Request) => {
    const change = await request.json() as Partial<Alerts>;
    await new Promise<void>((resolve) => { asked.push(resolve); });
    kept = { ...kept, ...change };
    return Response.json(kept);
  });
  const change = new MutationObserver(client, changingAlerts(client));

  const both = [change.mutate({ quiet_from_min: 0 }), change.mutate({ quiet_from_min: 60 })];
  await vi.waitFor(() => { expect(asked.length).toBeGreaterThan(0); });
  asked.pop()?.();
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  expect(client.getQueryData(alertsQuery.queryKey)?.quiet_from_min).toBe(60);
  asked.pop()?.();
  await Promise.all(both);

  expect([kept.quiet_from_min, client.getQueryData(alertsQuery.queryKey)?.quiet_from_min]).toEqual([60, 60]);
});

import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { MOST_UNUSED, prune } from './forgetting';

describe('answers that nobody looks at', () => {
  it('are kept for the latest chats of each kind, and for whoever looks at them', () => {
    const client = new QueryClient();
    for (let number = 0; number < MOST_UNUSED + 10; number += 1) {
      client.setQueryData(['timeline', String(number)], number, { updatedAt: number + 1 });
      client.setQueryData(['contact', String(number)], number, { updatedAt: number + 1 });
    }
    client.setQueryData(['session'], 'me', { updatedAt: 1 });
    const stop = new QueryObserver(client, { queryKey: ['timeline', '0'], enabled: false }).subscribe(() => undefined);

    prune(client.getQueryCache());

    const left = (kind: string) => client.getQueryCache().findAll({ queryKey: [kind] }).map((query) => query.queryKey[1]);
    expect(left('timeline')).toHaveLength(MOST_UNUSED + 1);
    expect(left('timeline')).toContain('0');
    expect(left('contact')).not.toContain('9');
    expect(left('contact')).toContain('10');
    expect(client.getQueryData(['session'])).toBe('me');
    stop();
  });
});

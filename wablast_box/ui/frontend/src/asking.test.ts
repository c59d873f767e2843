import { type DataTag, QueryObserver, type QueryKey } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { AskingClient, showAnswer } from './asking';

/** A box whose answers are given by hand: each says what it read when it was asked. */
function box() {
  const answers: (() => void)[] = [];
  let now = 'old';
  return {
    change: () => { now = 'new'; },
    ask: () => {
      const read = now;
      return new Promise<string>((give) => { answers.push(() => { give(read); }); });
    },
    answer: () => answers.shift()?.(),
    asked: () => answers.length,
  };
}

describe('what goes stale while the first answer is on its way', () => {
  it('is shown, and asked for once more', async () => {
    const client = new AskingClient();
    const { change, ask, answer, asked } = box();
    const shown: unknown[] = [];
    const observer = new QueryObserver(client, { queryKey: ['contact', '7'], queryFn: ask, staleTime: Infinity });
    const stop = observer.subscribe(({ data }) => { if (data !== undefined) shown.push(data); });

    change();
    void client.invalidateQueries({ queryKey: ['contact', '7'] });
    void client.invalidateQueries({ queryKey: ['contact'] });
    answer();
    await vi.waitFor(() => { expect(asked()).toBe(1); });
    answer();

    await vi.waitFor(() => { expect(observer.getCurrentResult().data).toBe('new'); });
    expect(shown[0]).toBe('old');
    await vi.waitFor(() => { expect(client.isFetching()).toBe(0); });
    expect(asked()).toBe(0);
    stop();
  });

  it('is stale for whoever looks later, when nobody looks yet', async () => {
    const client = new AskingClient();
    const { change, ask, answer, asked } = box();
    const question = { queryKey: ['timeline', '7'], queryFn: ask, staleTime: Infinity };
    const ahead = client.prefetchQuery(question);

    change();
    void client.invalidateQueries({ queryKey: ['timeline', '7'] });
    answer();
    await ahead;
    const stop = new QueryObserver(client, question).subscribe(() => undefined);

    expect(asked()).toBe(1);
    answer();
    await vi.waitFor(() => { expect(client.getQueryData(['timeline', '7'])).toBe('new'); });
    stop();
  });

  it('is left alone when the first answer is a refusal', async () => {
    const client = new AskingClient({ defaultOptions: { queries: { retry: false } } });
    const asked = vi.fn(() => Promise.reject(new Error('no')));
    const stop = new QueryObserver(client, { queryKey: ['contact', '7'], queryFn: asked }).subscribe(() => undefined);

    await client.invalidateQueries({ queryKey: ['contact', '7'] });
    await vi.waitFor(() => { expect(client.isFetching()).toBe(0); });

    expect(asked).toHaveBeenCalledTimes(1);
    stop();
  });
});

describe('what the box answered to a change', () => {
  it('is not undone by an answer that was read before it', async () => {
    const client = new AskingClient();
    const { change, ask, answer, asked } = box();
    const question = { queryKey: ['name', '7'] as unknown as DataTag<QueryKey, string, Error>, queryFn: ask, staleTime: Infinity };
    client.setQueryData(question.queryKey, 'old');
    const stop = new QueryObserver(client, { ...question, staleTime: 0 }).subscribe(() => undefined);
    expect(asked()).toBe(1);

    change();
    showAnswer(client, question.queryKey, 'new');
    answer();
    await vi.waitFor(() => { expect(asked()).toBe(1); });
    expect(client.getQueryData(question.queryKey)).toBe('new');
    answer();

    await vi.waitFor(() => { expect(client.isFetching()).toBe(0); });
    expect(client.getQueryData(question.queryKey)).toBe('new');
    stop();
  });

  it('asks for nothing when nothing is on its way', () => {
    const client = new AskingClient();
    const queryKey = ['name', '7'] as unknown as DataTag<QueryKey, string, Error>;
    showAnswer(client, queryKey, 'new');
    expect(client.getQueryState(queryKey)?.isInvalidated).toBe(false);
  });
});

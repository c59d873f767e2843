import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { EditorContext } from '../graph/context';
import { changeNode } from '../graph/document';
import { GRAPH, KINDS } from '../graph/fixtures';
import { createEditor } from '../graph/store';
import type { Flow } from '../types';
import { look } from './look';
import { useAutosave } from './useAutosave';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what is drawn while the box still writes is written once, on top of that', async () => {
  vi.useFakeTimers();
  const store = createEditor(GRAPH, KINDS);
  const written: { revision: number; answers: () => void }[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { revision } = await request.json() as { revision: number };
    return new Promise<Response>((resolve) => {
      written.push({ revision, answers: () => { resolve(Response.json({ revision: revision + 1, problems: [], has_changes: true })); } });
    });
  });
  const wrapper = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={new QueryClient()}><EditorContext value={store}>{children}</EditorContext></QueryClientProvider>
  );
  const { result } = renderHook(() => useAutosave({ id: '1', revision: 7 } as Flow), { wrapper });
  const draws = async (name: string) => {
    act(() => { store.getState().change((doc) => changeNode(doc, 'ask', { name })); });
    await act(() => vi.advanceTimersByTimeAsync(1000));
  };

  await draws('One');
  await draws('Two');
  // Publishing wants everything written as well.
  const flushed = result.current.flush();
  written[0]?.answers();
  await act(() => vi.advanceTimersByTimeAsync(100));
  written.slice(1).forEach((one) => { one.answers(); });
  await act(() => vi.advanceTimersByTimeAsync(100));
  await flushed;

  expect(written.map((one) => one.revision)).toEqual([7, 8]);
  expect(result.current.state).toBe('saved');
});

/** The box answers with these, in the order in which it is asked, and when it is told to. */
function box(...bodies: { status?: number; body: object }[]) {
  const asked: { to: string; answers: () => void }[] = [];
  vi.stubGlobal('fetch', (request: Request) => new Promise<Response>((resolve) => {
    const { status = 200, body } = bodies[asked.length] ?? { body: {} };
    asked.push({ to: `${request.method} ${new URL(request.url).pathname.split('/').at(-1) ?? ''}`, answers: () => { resolve(Response.json(body, { status })); } });
  }));
  return asked;
}

function opened() {
  const store = createEditor(GRAPH, KINDS);
  const client = new QueryClient();
  const wrapper = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={client}><EditorContext value={store}>{children}</EditorContext></QueryClientProvider>
  );
  const { result, unmount } = renderHook(() => useAutosave({ id: '1', revision: 7 } as Flow), { wrapper });
  const names = (name: string) => { act(() => { store.getState().change((doc) => changeNode(doc, 'ask', { name })); }); };
  return { store, result, unmount, names };
}

const TROUBLE = { code: 'missing', message: 'Nothing to say', severity: 'error', node_id: 'ask', field: 'text', flow_id: null, language: null };
const CHANGED = { status: 409, body: { error: { code: 'draft_changed', message: 'Somebody else changed this flow meanwhile.' } } };

test('what the box did not take is not on disk before publishing', async () => {
  const asked = box(CHANGED);
  const { result, names } = opened();
  names('Mine');

  const flushed = result.current.flush();
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  asked[0]?.answers();

  await expect(flushed).rejects.toThrow('Somebody else changed this flow');
  await act(() => Promise.resolve());
  expect(result.current.state).toBe('conflict');
  await expect(result.current.flush()).rejects.toThrow('Somebody else changed this flow');
});

test('publishing is told which draft is seen', async () => {
  const asked = box({ body: { revision: 8, problems: [], has_changes: true } });
  const { result, names } = opened();
  names('Mine');

  const flushed = result.current.flush();
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  asked[0]?.answers();

  expect(await act(() => flushed)).toBe(8);
});

test('the draft of somebody else brings its own problems, not those of what was here', async () => {
  const asked = box({ body: { id: '1', revision: 9, graph: GRAPH } }, { body: { problems: [] } });
  const { result, store } = opened();
  store.setState({ troubles: { ask: [{ ...TROUBLE, severity: 'error' }] } });

  const taken = result.current.takeTheirs();
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  asked[0]?.answers();
  await vi.waitFor(() => { expect(asked.map((one) => one.to)).toEqual(['GET 1', 'POST validate']); });
  asked[1]?.answers();
  await act(() => taken);

  expect(store.getState().troubles).toEqual({});
});

test('a first look that answers late says nothing of what was drawn since', async () => {
  const asked = box({ body: { problems: [TROUBLE] } });
  const { store, names } = opened();

  const looked = look(store, '1');
  await vi.waitFor(() => { expect(asked).toHaveLength(1); });
  names('Mended');
  asked[0]?.answers();
  await looked;

  expect(store.getState().troubles).toEqual({});
});

test('a flow that is gone is not written again and again after one has left it', async () => {
  vi.useFakeTimers();
  const asked = box({ status: 404, body: { error: { code: 'not_found', message: 'There is no such flow.' } } });
  const { names, unmount } = opened();
  names('Mine');
  unmount();
  await vi.advanceTimersByTimeAsync(100);

  asked[0]?.answers();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(asked.map((one) => one.to)).toEqual(['PUT draft']);
});

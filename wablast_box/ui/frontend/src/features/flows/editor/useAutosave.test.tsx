import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { EditorContext } from '../graph/context';
import { changeNode } from '../graph/document';
import { GRAPH, KINDS } from '../graph/fixtures';
import { createEditor } from '../graph/store';
import type { Flow } from '../types';
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

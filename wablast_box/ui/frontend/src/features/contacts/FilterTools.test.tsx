import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FilterTools } from './FilterTools';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a search begins when one rests, however often the page is drawn anew because customers write', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const asked: string[] = [];
  const client = new QueryClient();
  const page = () => <MantineProvider><QueryClientProvider client={client}><FilterTools q="" error={null} onChange={(q) => { asked.push(q); }} /></QueryClientProvider></MantineProvider>;
  const { rerender } = render(page());
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'kabir' } });

  for (let drawn = 0; drawn < 4; drawn += 1) {
    await act(() => vi.advanceTimersByTimeAsync(100));
    rerender(page());
  }

  expect(asked).toEqual(['kabir']);
});

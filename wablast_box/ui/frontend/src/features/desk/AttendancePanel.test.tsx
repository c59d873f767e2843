import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Attendance } from '@/api/types';
import { AttendancePanel } from './AttendancePanel';
import { attendanceQuery } from './queries';

afterEach(() => { vi.unstubAllGlobals(); });

test('who only looks at a limit does not set it back to what it was before a colleague changed it', async () => {
  const ravi = (capacity: number) => [{ user: { id: '7', name: 'Ravi' }, is_away: false, open_count: 2, capacity } as Attendance];
  const asked = vi.fn(() => Promise.resolve(Response.json(ravi(5)[0])));
  vi.stubGlobal('fetch', asked);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(attendanceQuery.queryKey, ravi(5));
  render(<MantineProvider><QueryClientProvider client={client}><AttendancePanel mayWrite /></QueryClientProvider></MantineProvider>);

  act(() => { client.setQueryData(attendanceQuery.queryKey, ravi(8)); });
  const field = await screen.findByLabelText<HTMLInputElement>('At most, for Ravi');
  await vi.waitFor(() => { expect(field.value).toBe('8'); });
  fireEvent.focus(field);
  fireEvent.blur(field);

  expect(asked).not.toHaveBeenCalled();
});

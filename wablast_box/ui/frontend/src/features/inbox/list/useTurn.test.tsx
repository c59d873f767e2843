import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useTurn } from './useTurn';

const SECOND = 1000;

beforeEach(() => { vi.useFakeTimers({ now: 100 * SECOND }); });
afterEach(() => { vi.useRealTimers(); });

// The list looked at the clock ten seconds ago.
test.each([['in two seconds', 102], ['a second ago, before it was drawn', 99]])('what is due %s is late in that moment, whatever the list knows of the time', (_, due) => {
  const { result } = renderHook(() => useTurn(due * SECOND, 90 * SECOND));
  expect(result.current).toBe(90 * SECOND);

  act(() => { vi.advanceTimersByTime(3 * SECOND); });

  expect(result.current).toBeGreaterThanOrEqual(due * SECOND);
});

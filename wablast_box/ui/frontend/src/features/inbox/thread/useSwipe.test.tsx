import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useSwipe } from './useSwipe';

afterEach(cleanup);

function Row({ onSwipe }: { onSwipe: (() => void) | null }) {
  const { swiping, handlers } = useSwipe(onSwipe);
  return <div data-testid="row" data-swiping={swiping} {...handlers} />;
}

const at = (clientX: number, clientY: number) => ({ touches: [{ clientX, clientY }] });

function draws(onSwipe: (() => void) | null, ...way: [number, number][]): HTMLElement {
  render(<Row onSwipe={onSwipe} />);
  const row = screen.getByTestId('row');
  fireEvent.touchStart(row, at(20, 100));
  for (const [x, y] of way) fireEvent.touchMove(row, at(x, y));
  return row;
}

test('far enough to the right quotes, once let go', () => {
  const quoted = vi.fn();
  const row = draws(quoted, [40, 102], [90, 104]);

  expect(row.dataset['swiping']).toBe('ready');
  expect(row.style.transform).toBe('translateX(70px)');
  expect(quoted).not.toHaveBeenCalled();
  fireEvent.touchEnd(row);
  expect(quoted).toHaveBeenCalledOnce();
  expect(row.style.transform).toBe('');
});

test.each([
  ['not far enough', [[50, 100]]], ['back again', [[90, 100], [30, 100]]], ['to the left', [[-60, 100]]], ['down, and then aside', [[24, 140], [120, 150]]],
] as [string, [number, number][]][])('%s quotes nothing', (_, way) => {
  const quoted = vi.fn();
  fireEvent.touchEnd(draws(quoted, ...way));

  expect(quoted).not.toHaveBeenCalled();
});

test('a call that takes the finger away quotes nothing, and what cannot be quoted does not move', () => {
  const quoted = vi.fn();
  fireEvent.touchCancel(draws(quoted, [90, 100]));
  cleanup();
  const row = draws(null, [90, 100]);

  expect(quoted).not.toHaveBeenCalled();
  expect(row.style.transform).toBe('');
});

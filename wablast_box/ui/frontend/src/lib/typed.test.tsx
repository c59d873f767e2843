import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { typedSince, useTyped } from './typed';

test('a colleague’s change shows where nothing was typed', () => {
  const { result, rerender } = renderHook(useTyped<{ answer: number; resolve: number }>, { initialProps: { answer: 30, resolve: 90 } });
  act(() => { result.current.type({ answer: 45 }); });

  rerender({ answer: 15, resolve: 120 });

  expect(result.current.shown).toEqual({ answer: 45, resolve: 120 });
  expect(result.current.isChanged).toBe(true);
  rerender({ answer: 45, resolve: 120 });
  expect(result.current.isChanged).toBe(false);
});

test('what was typed while the box still answered is kept', () => {
  const sites = ['https://asha.example'];
  expect(typedSince({ about: 'Sarees', email: 'a@asha.example', sites }, { about: 'Sar', email: 'a@asha.example', sites })).toEqual({ about: 'Sarees' });
});

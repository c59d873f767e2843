import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Loaded } from './Loaded';

test('what is being typed outlives an answer that does not come', () => {
  const answered = { data: 'Asha Boutique', error: null, isError: false, refetch: () => undefined };
  const page = (query: typeof answered | { data: string; error: Error; isError: true; refetch: () => undefined }) =>
    <MantineProvider><Loaded query={query}>{(name) => <input defaultValue={name} />}</Loaded></MantineProvider>;
  const { rerender } = render(page(answered));
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Asha and daughters' } });

  rerender(page({ ...answered, error: new Error('away'), isError: true }));
  expect(screen.getByRole('button')).toBeDefined();
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Asha and daughters');

  rerender(page(answered));
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Asha and daughters');
});

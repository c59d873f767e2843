import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { EditorContext } from '../../graph/context';
import { GRAPH, KINDS } from '../../graph/fixtures';
import { createEditor } from '../../graph/store';
import { flowsQuery } from '../../queries';
import { Referenced } from './Referenced';

afterEach(cleanup);

function show(kind: string, id: string): string | null {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData<unknown>(flowsQuery.queryKey, [{ id: '7', name: 'Welcome menu' }]);
  render(<QueryClientProvider client={client}><EditorContext value={createEditor(GRAPH, KINDS)}><p data-testid="said"><Referenced kind={kind} id={id} /></p></EditorContext></QueryClientProvider>);
  return screen.getByTestId('said').textContent;
}

test.each([
  ['flow', '7', 'Welcome menu'],
  ['flow', '8', '8'],
  ['node', 'ask', 'Send buttons'],
  ['node', 'gone', 'gone'],
  ['tag', 'VIP', 'VIP'],
])('a %s on a card is said by its name: %s is %s', (kind, id, said) => {
  expect(show(kind, id)).toBe(said);
});

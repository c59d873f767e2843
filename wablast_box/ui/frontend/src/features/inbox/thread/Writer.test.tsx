import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Writer } from './Writer';

vi.mock('@/api/session', () => ({ useSession: () => ({ user: { name: 'Asha' } }) }));
afterEach(cleanup);

test('what a model wrote has a badge of its own, with the flow that asked it', () => {
  render(<Writer sender={{ kind: 'ai', name: 'Opening hours' }} />);

  const badge = screen.getByRole('img', { name: 'Written by AI in the flow “Opening hours”' });
  expect(badge.textContent).toBe('AI');
  expect(badge.title).toBe('Written by AI in the flow “Opening hours”');
  expect(screen.queryByText('Flow')).toBeNull();
});

test('a flow whose name is not known asked it all the same', () => {
  render(<Writer sender={{ kind: 'ai', name: null }} />);
  expect(screen.getByRole('img', { name: 'Written by AI' })).toBeDefined();
});

test('what a flow says in the words of the shop is the flow’s', () => {
  render(<Writer sender={{ kind: 'flow', name: 'Opening hours' }} />);
  expect(screen.getByText('Flow').title).toBe('Opening hours');
  expect(screen.queryByText('Opening hours')).toBeNull();
  expect(screen.queryByRole('img')).toBeNull();
});

test('a colleague is named, and nobody else is', () => {
  const { container } = render(<><Writer sender={{ kind: 'user', name: 'Ravi' }} /><Writer sender={{ kind: 'user', name: 'Asha' }} /><Writer sender={{ kind: 'system', name: null }} /><Writer sender={null} /></>);
  expect(container.textContent).toBe('Ravi');
});

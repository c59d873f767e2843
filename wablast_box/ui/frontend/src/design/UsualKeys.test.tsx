import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { bind, setBindings, useCommands } from '@/lib/commands';
import { UsualKeys } from './UsualKeys';

const COMMANDS = [{ id: 'resolve', group: 'Inbox', title: 'Resolve', keys: 'e', run: () => undefined }, { id: 'next', group: 'Inbox', title: 'Next', keys: 'j', run: () => undefined }];

afterEach(() => { cleanup(); setBindings({}); });

function Tooltip() {
  useCommands(COMMANDS);
  return <p data-testid="told"><UsualKeys before="Resolve" usual="e" /></p>;
}

const told = (): string | null => { render(<Tooltip />); return screen.getByTestId('told').textContent; };

test('the usual keys, where nobody chose others', () => { expect(told()).toBe('ResolveE'); });

test('the keys that somebody chose', () => {
  bind('resolve', 'shift+d');

  expect(told()).toBe('ResolveShiftD');
});

test('no keys where they were given to another command', () => {
  bind('resolve', null);
  bind('next', 'e');

  expect(told()).toBe('Resolve');
});

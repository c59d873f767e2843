import { expect, test } from 'vitest';
import type { Message } from '@/api/types';
import { aMessage } from '../fixtures';
import type { Row } from '../rows';
import { heightOf } from './heights';

const row = (change: Partial<Message>, run = false): Row => ({ kind: 'message', key: '1', message: aMessage('1', change), run });

test('more lines, a picture and trouble make a message higher', () => {
  const one = heightOf(row({ text: 'Is it in stock?' }));
  expect(heightOf(row({ text: 'Is it\nin stock?' }))).toBeGreaterThan(one);
  expect(heightOf(row({ text: 'x'.repeat(300) }))).toBeGreaterThan(one + 50);
  expect(heightOf(row({ type: 'image', text: null }))).toBeGreaterThan(300);
  expect(heightOf(row({ text: 'Is it in stock?', state: 'failed' }))).toBeGreaterThan(one);
});

test('what follows closely is a little lower', () => {
  expect(heightOf(row({ text: 'Yes' }, true))).toBeLessThan(heightOf(row({ text: 'Yes' })));
});

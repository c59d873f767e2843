import { expect, test } from 'vitest';
import { isAcceptable, strengthOf } from './passwords';

test.each([
  ['', 'empty'],
  ['11 letters!', 'short'],
  ['x'.repeat(257), 'long'],
  ['aaaaaaaaaaaaaa', 'pattern'],
  ['abcabcabcabc', 'pattern'],
  ['123456789012', 'pattern'],
  ['monsoon monsoon monsoon', 'pattern'],
  ['Gh7-pluckedTin', 'enough'],
  ['indigo kurta monsoon ladder', 'strong'],
  ['कपड़ा दुकान नीला मोर', 'strong'],
])('%s is %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength);
});

test('a password made of your own name is refused', () => {
  expect(strengthOf('asha.textiles.2026', ['Asha Textiles'])).toBe('about-you');
  expect(strengthOf('asha and a quiet river', ['Asha Textiles'])).toBe('strong');
});

test('only what the box would take can be sent', () => {
  expect(isAcceptable(strengthOf('too short'))).toBe(false);
  expect(isAcceptable(strengthOf('Gh7-pluckedTin'))).toBe(true);
});

import { expect, test } from 'vitest';
import type { Setup } from '@/api/types';
import { nextStep, stepAt } from './steps';

const secret = (set: boolean) => ({ set, last4: set ? 'abcd' : null, updated_at: null });
const setup = (changes: Partial<Setup> = {}, stored = true): Setup => ({
  finished_at: null,
  webhook_url: 'https://box.example.com/hooks/meta',
  public_url: null,
  number: { phone_number_id: stored ? '1' : null, waba_id: stored ? '2' : null, access_token: secret(stored), app_secret: secret(stored), verify_token: secret(stored), previous_app_secret_until: null },
  checks: [], checked_at: null,
  proof: { received_at: null, sent_at: null, message_id: null },
  ...changes,
});
const check = (name: string, ok: boolean | null) => ({ name, ok, title: name, help: null });

test('without credentials the number is next', () => {
  expect(nextStep(setup({}, false))).toBe('number');
});

test('a credential that Meta refuses keeps one at the number', () => {
  expect(nextStep(setup({ checks: [check('app_secret', false)] }))).toBe('number');
});

test('what could not be checked does not hold anybody up', () => {
  expect(nextStep(setup({ checks: [check('access_token', null)] }))).toBe('webhook');
});

test('after the subscription comes the proof, and a message that came in proves the way', () => {
  expect(nextStep(setup({ checks: [check('subscription', true)] }))).toBe('proof');
  expect(nextStep(setup({ proof: { received_at: '2026-11-22T06:00:00Z', sent_at: null, message_id: null } }))).toBe('proof');
});

test('the address may ask for a step, but nobody becomes owner twice', () => {
  expect(stepAt(setup(), 'number')).toBe('number');
  expect(stepAt(setup(), 'owner')).toBe('webhook');
  expect(stepAt(setup(), 'nonsense')).toBe('webhook');
});

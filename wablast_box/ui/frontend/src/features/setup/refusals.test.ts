import { expect, test } from 'vitest';
import { toApiError } from '@/api/errors';
import { refusalOf } from './refusals';

const refused = (fields: unknown) => toApiError(422, { error: { code: 'wrong_credential', message: 'Both are wrong.', field: 'waba_id', fields } }).problem;

test('each wrong field gets its own words', () => {
  const problem = refused([{ field: 'waba_id', message: 'No such account.', help: 'Copy it.' }, { field: 'app_secret', message: 'Not this app.', help: null }, 'nonsense']);

  expect(refusalOf(problem, 'waba_id')?.message).toBe('No such account.');
  expect(refusalOf(problem, 'app_secret')).toEqual({ field: 'app_secret', message: 'Not this app.', help: null });
  expect(refusalOf(problem, 'access_token')).toBeNull();
});

test('a refusal of one field needs no list', () => {
  expect(refusalOf(refused(undefined), 'waba_id')?.message).toBe('Both are wrong.');
});

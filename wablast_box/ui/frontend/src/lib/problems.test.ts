import { expect, test } from 'vitest';
import { toApiError } from '@/api/errors';
import { fieldProblem, formProblem } from './problems';

const refused = (field: string | null) => toApiError(422, { error: { code: 'invalid', message: 'No.', help: 'Do this.', field } });

test('a mistake is shown beside its field, with what to do', () => {
  expect(fieldProblem(refused('email'), 'email')).toBe('No. Do this.');
  expect(fieldProblem(refused('email'), 'name')).toBeUndefined();
  expect(formProblem(refused('email'), ['email'])).toBeNull();
});

test('a mistake that no field shows is said above the form', () => {
  expect(formProblem(refused('token'), ['email'])?.message).toBe('No.');
  expect(formProblem(refused(null), ['email'])?.help).toBe('Do this.');
});

test('without an error there is nothing to say', () => {
  expect(fieldProblem(null, 'email')).toBeUndefined();
  expect(formProblem(null, [])).toBeNull();
});

/** Puts a refusal where it belongs: beside the field it names, or above the form. */
import { problemOf } from '@/api/errors';
import type { Problem } from '@/api/types';

/** What to say beside this field; undefined when the mistake is elsewhere. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  if (!error) return undefined;
  const problem = problemOf(error);
  if (problem.field !== field) return undefined;
  return problem.help ? `${problem.message} ${problem.help}` : problem.message;
}

/** What to say above the form: everything that none of its fields says. */
export function formProblem(error: unknown, fields: readonly string[]): Problem | null {
  if (!error) return null;
  const problem = problemOf(error);
  return problem.field && fields.includes(problem.field) ? null : problem;
}

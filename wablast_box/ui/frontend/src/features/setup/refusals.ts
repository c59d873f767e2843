/** What the box refused of one field. It names each wrong one; an older answer names the first only. */
import type { FieldProblem, Problem } from '@/api/types';

export const refusalOf = (problem: Problem, name: string): FieldProblem | null =>
  problem.fields.find((one) => one.field === name)
  ?? (problem.field === name && problem.fields.length === 0 ? { field: name, message: problem.message, help: problem.help } : null);

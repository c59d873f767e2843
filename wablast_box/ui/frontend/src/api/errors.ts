/** One error for everything the box refuses, with what a person can do about it. */
import { t } from '@/lib/i18n';
import type { FieldProblem, Problem } from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** When the same call may work: the Retry-After of the box. */
    readonly retryAfterS: number | null = null,
  ) {
    super(problem.message);
    this.name = 'ApiError';
  }

  get code(): string {
    return this.problem.code;
  }

  /** Nothing was reached: the same call may succeed later, unchanged. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

export const offline = (): ApiError =>
  new ApiError(0, { ...EMPTY, code: 'offline', message: t('common.errors.offline'), help: t('common.errors.offlineHelp') });

const EMPTY = { help: null, field: null, fields: [], reference: null };

/** Reads the error shape; a proxy's HTML page or an empty body becomes an honest general error. */
export function toApiError(status: number, body: unknown, retryAfterS: number | null = null): ApiError {
  const found = field(body, 'error');
  const code = field(found, 'code');
  const message = field(found, 'message');
  if (typeof code !== 'string' || typeof message !== 'string') {
    const help = t('common.errors.unexpectedHelp');
    return new ApiError(status, { ...EMPTY, code: 'bug', message: t('common.errors.unexpected'), help });
  }
  const problem = {
    code,
    message,
    help: text(field(found, 'help')),
    field: text(field(found, 'field')),
    fields: fieldProblems(field(found, 'fields')),
    reference: text(field(found, 'reference')),
  };
  return new ApiError(status, problem, retryAfterS);
}

function fieldProblems(found: unknown): FieldProblem[] {
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: unknown) => {
    const [name, message] = [text(field(one, 'field')), text(field(one, 'message'))];
    return name && message ? [{ field: name, message, help: text(field(one, 'help')) }] : [];
  });
}

const field = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** For places that show any thrown thing. */
export const problemOf = (error: unknown): Problem =>
  error instanceof ApiError ? error.problem : toApiError(500, null).problem;

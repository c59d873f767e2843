/** The typed door to the box. Adds the CSRF header, turns every refusal into an ApiError, notices a lost sign-in. */
import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError, offline, toApiError } from './errors';
import type { paths } from './schema';

let csrfToken: string | null = null;
let signedOut: () => void = () => undefined;

export const setCsrfToken = (token: string | null): void => {
  csrfToken = token;
};
/** The page was opened while the box was out of reach: before the first change it must learn its token. */
let renew: (() => Promise<void>) | null = null;
export const onFirstChange = (learn: (() => Promise<void>) | null): void => {
  renew = learn;
};
export const onSignedOut = (listener: () => void): void => {
  signedOut = listener;
};
/** For the one request that cannot go through fetch: an upload that reports progress. */
export const csrfHeader = (): Record<string, string> => (csrfToken ? { 'X-CSRF-Token': csrfToken } : {});

const seconds = (text: string | null): number | null => (text && /^\d+$/.test(text) ? Number(text) : null);

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

const door: Middleware = {
  onRequest: async ({ request }) => {
    if (renew && !SAFE.includes(request.method)) await renew();
    if (!SAFE.includes(request.method) && csrfToken) request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
  onResponse: async ({ response }) => {
    if (response.ok) return;
    const refused = toApiError(response.status, await response.clone().json().catch(() => null), seconds(response.headers.get('Retry-After')));
    if (refused.status === 401 && refused.code === 'signed_out') signedOut();
    throw refused;
  },
  onError: ({ error }) => (error instanceof ApiError ? error : offline()),
};

export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin', fetch: (request) => globalThis.fetch(request) });
api.use(door);

interface Answer<T> {
  data?: T;
  response: Response;
}

/** Unwraps an answer. Refusals have been thrown by the door, so what is left without data was empty (204). */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined) throw toApiError(response.status, null);
  return data;
}

/** The door to the box for flows. A graph is free JSON there, so the types of what comes back stand here. */
import { answer, api } from '@/api/client';

interface Options {
  params?: { path?: Record<string, string>; query?: Record<string, string | number | undefined> };
  body?: unknown;
  signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Open = Record<Method, (path: string, options: Options) => Promise<{ data?: unknown; response: Response }>>;

export const ask = async <T>(method: Method, path: string, options: Options = {}): Promise<T> =>
  (await answer((api as unknown as Open)[method](path, options))) as T;

/** For answers without a body. */
export const tell = async (method: Method, path: string, options: Options = {}): Promise<void> => {
  await (api as unknown as Open)[method](path, options);
};

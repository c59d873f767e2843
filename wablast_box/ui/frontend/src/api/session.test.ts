import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from './types';

const as = (id: string, role = 'AGENT') => ({ signed_in: true, csrf_token: 'token', user: { id, role, permissions: [] } }) as unknown as Session;
const reload = vi.fn();
const stopped = vi.fn();

/** A window of the browser, freshly opened. */
async function opened() {
  vi.resetModules();
  const session = await import('./session');
  session.onOtherPerson(stopped);
  return session;
}

beforeEach(() => { vi.spyOn(window.location, 'reload').mockImplementation(reload); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  reload.mockReset();
  stopped.mockReset();
  localStorage.clear();
});

test('a window of one person begins anew as soon as another tab has signed somebody else in', async () => {
  const { keep } = await opened();
  keep(as('ravi'));
  const says = (newValue: string) => { window.dispatchEvent(new StorageEvent('storage', { key: 'wablast.user', newValue })); };

  says('ravi');
  expect(reload).not.toHaveBeenCalled();
  says('meera');

  expect(reload).toHaveBeenCalled();
});

test('it does so too when only the box says who sits here now', async () => {
  const { keep } = await opened();
  keep(as('ravi'));
  expect(reload).not.toHaveBeenCalled();

  localStorage.setItem('wablast.user', 'meera');
  keep(as('meera'));

  expect(stopped).toHaveBeenCalledTimes(1);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('the same person again keeps what is there', async () => {
  const { keep } = await opened();
  keep(as('ravi'));
  keep(as('ravi'));

  expect(reload).not.toHaveBeenCalled();
});

test('everything is asked for again when one has another role after a window was away', async () => {
  const { lookAgain, sessionQuery } = await opened();
  const { AskingClient } = await import('@/asking');
  const client = new AskingClient({ defaultOptions: { queries: { retry: false } } });
  const answers = (session: Session) => { vi.stubGlobal('fetch', () => Promise.resolve(Response.json(session))); };
  client.setQueryData(sessionQuery.queryKey, as('ravi'));
  client.setQueryData(['users'], []);

  answers(as('ravi'));
  await lookAgain(client);
  expect(client.getQueryState(['users'])?.isInvalidated).toBe(false);
  answers(as('ravi', 'ANALYST'));
  await lookAgain(client);

  expect(client.getQueryState(['users'])?.isInvalidated).toBe(true);
  expect(client.getQueryData(sessionQuery.queryKey)?.user?.role).toBe('ANALYST');
});

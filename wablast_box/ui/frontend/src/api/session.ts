/** Who is sitting here, and what they may do. */
import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, answer, onFirstChange, setCsrfToken } from './client';
import { forget, onRememberedElsewhere, recall, remember } from '@/lib/storage';
import { forgetKept, keptAs } from '@/offline/keep';
import { forgetWaiting } from '@/offline/waiting';
import type { Session } from './types';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => keep(await answer(api.GET('/api/v1/session'))),
  staleTime: Infinity,
  // Who sat here last opens the shell without the box. What only the box can give is asked for when it answers again.
  ...keptAs<Session>('session', (session) => (session.signed_in ? { ...session, csrf_token: null } : undefined)),
});

/** Was this session remembered and not asked for? */
export const isRemembered = (session: Session): boolean => session.signed_in && session.csrf_token === null;

async function learn(): Promise<void> {
  keep(await answer(api.GET('/api/v1/session')));
}

/** Every answer that carries a session passes here, so that the next unsafe call has the right token. */
export function keep(session: Session): Session {
  if (isRemembered(session)) {
    here ??= session.user?.id ?? null;
    onFirstChange(learn);
    return session;
  }
  onFirstChange(null);
  setCsrfToken(session.csrf_token);
  if (session.user) welcome(session.user.id);
  return session;
}

/** Whose words and answers this window holds. */
let here: string | null = null;
let whenOther: () => void = () => undefined;

/** What to stop before this window starts over for somebody else. */
export const onOtherPerson = (listener: () => void): void => { whenOther = listener; };

function startOver(): void {
  whenOther();
  window.location.reload();
}

/** Somebody else at the same computer: unsent words and loaded conversations of the one before must go. */
function welcome(userId: string): void {
  const before = recall('user') ?? here;
  const isOther = here !== null && here !== userId;
  here = userId;
  if (before === userId) {
    // Another tab has signed them in and forgotten the one before; this window has not.
    if (isOther) startOver();
    return;
  }
  remember('user', userId);
  if (before === null) return;
  forget('draft.');
  void Promise.all([forgetKept(), forgetWaiting()]).then(startOver);
}

onRememberedElsewhere('user', (userId) => { if (here !== null && here !== userId) startOver(); });

export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

export type Permission =
  | 'inbox.read' | 'inbox.reply' | 'inbox.assign' | 'inbox.assign_self' | 'contacts.read' | 'media.read'
  | 'webhooks.read' | 'webhooks.replay' | 'settings.read' | 'settings.write' | 'integrations.write' | 'integrations.test'
  | 'users.names' | 'users.read' | 'users.write' | 'api_keys.write' | 'status.read' | 'number.read' | 'number.write'
  | 'templates.read' | 'templates.write' | 'account.own' | 'inbox.close' | 'desk.write' | 'tags.write'
  | 'audit.read' | 'roles.write' | 'security.write' | 'replies.write_own' | 'replies.write_shared'
  | 'contacts.write' | 'contacts.merge' | 'contacts.opt_in' | 'inbox.export' | 'flows.read' | 'flows.write';

/** The day for a second factor has passed: the box lets this person reach their account and nothing else. */
export const isHeldBack = ({ user }: Session): boolean => user?.second_factor_due_at != null && user.permissions.length === 1;

export const may = (session: Session, permission: Permission): boolean =>
  session.user?.permissions.includes(permission) ?? false;

export const useMay = (permission: Permission): boolean => may(useSession(), permission);

/** Asks who sits here now. Nobody could close the line of a window that was away: what one may see may have changed all the same. */
export async function lookAgain(client: QueryClient): Promise<void> {
  const before = client.getQueryData(sessionQuery.queryKey);
  const now = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
  if (before && JSON.stringify(before.user) !== JSON.stringify(now.user)) await client.invalidateQueries();
}

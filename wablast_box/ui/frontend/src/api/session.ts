/** Who is sitting here, and what they may do. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, answer, setCsrfToken } from './client';
import { forget, recall, remember } from '@/lib/storage';
import type { Session } from './types';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => keep(await answer(api.GET('/api/v1/session'))),
  staleTime: Infinity,
});

/** Every answer that carries a session passes here, so that the next unsafe call has the right token. */
export function keep(session: Session): Session {
  setCsrfToken(session.csrf_token);
  if (session.user) welcome(session.user.id);
  return session;
}

/** Somebody else at the same computer: unsent words and loaded conversations of the one before must go. */
function welcome(userId: string): void {
  const before = recall('user');
  if (before === userId) return;
  remember('user', userId);
  if (before === null) return;
  forget('draft.');
  window.location.reload();
}

export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

export type Permission =
  | 'inbox.read' | 'inbox.reply' | 'inbox.assign' | 'inbox.assign_self' | 'contacts.read' | 'media.read'
  | 'webhooks.read' | 'webhooks.replay' | 'settings.read' | 'settings.write' | 'integrations.write' | 'integrations.test'
  | 'users.names' | 'users.read' | 'users.write' | 'api_keys.write' | 'status.read' | 'number.read' | 'number.write'
  | 'templates.read' | 'account.own';

export const may = (session: Session, permission: Permission): boolean =>
  session.user?.permissions.includes(permission) ?? false;

export const useMay = (permission: Permission): boolean => may(useSession(), permission);

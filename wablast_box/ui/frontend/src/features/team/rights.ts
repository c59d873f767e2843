/** Who may do what to whom. The box decides; this keeps buttons away that could only be refused, and says why. */
import type { Role, User } from '@/api/types';

export const ROLES: readonly Role[] = ['OWNER', 'ADMIN', 'AGENT', 'ANALYST'];

/** Roles that somebody with the role `mine` may give, and whose people they may change. */
export const managedBy = (mine: Role): readonly Role[] =>
  mine === 'OWNER' ? ROLES : mine === 'ADMIN' ? ['AGENT', 'ANALYST'] : [];

/** A key has at most the rights of the person who makes it. */
export const grantableBy = (mine: Role): readonly Role[] => ROLES.slice(ROLES.indexOf(mine));

export const isLastOwner = (users: readonly User[], user: User): boolean =>
  user.role === 'OWNER' && !user.disabled_at && !users.some((other) => other.id !== user.id && other.role === 'OWNER' && !other.disabled_at);

export type Hindrance = 'notManaged' | 'lastOwner' | 'self' | null;

/** Why role and access of this person cannot be changed by this one; null when they can. */
export function hindrance(users: readonly User[], user: User, me: { id: string; role: Role }): Hindrance {
  if (!managedBy(me.role).includes(user.role)) return 'notManaged';
  if (isLastOwner(users, user)) return 'lastOwner';
  return user.id === me.id ? 'self' : null;
}

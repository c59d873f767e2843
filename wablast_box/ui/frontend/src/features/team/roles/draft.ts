/** A role while it is being written: which rights there are, grouped, and what the base allows. */
import type { CustomRole, OurRole, RoleBody } from '@/api/types';

export type Base = RoleBody['base'];
export const BASES: readonly Base[] = ['ADMIN', 'AGENT', 'ANALYST'];
export const SCOPES = ['all', 'own_and_free', 'own'] as const;
export const GROUPS = ['inbox', 'contacts', 'replies', 'desk', 'templates', 'flows', 'users', 'number', 'box', 'account'] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Record<string, Group> = {
  inbox: 'inbox', media: 'inbox', contacts: 'contacts', replies: 'replies', desk: 'desk', tags: 'desk', templates: 'templates', flows: 'flows',
  users: 'users', roles: 'users', number: 'number', integrations: 'number', account: 'account',
};

/** Everything that is not the counter's is the box's: settings, webhooks, keys, the log. */
export const groupOf = (permission: string): Group => GROUP_OF[permission.split('.')[0] ?? ''] ?? 'box';

/** Rights that a role on some base may hold, by group; what no role of one's own can hold is left out. */
export function matrix(ours: readonly OurRole[]): [Group, string[]][] {
  const all = [...new Set(ours.flatMap((role) => role.grantable))].toSorted();
  return GROUPS.map((group): [Group, string[]] => [group, all.filter((one) => groupOf(one) === group)]).filter(([, rights]) => rights.length > 0);
}

const ruleOf = (ours: readonly OurRole[], base: Base): OurRole | undefined => ours.find((role) => role.role === base);

export const grantable = (ours: readonly OurRole[], base: Base): ReadonlySet<string> => new Set(ruleOf(ours, base)?.grantable);
export const always = (ours: readonly OurRole[], base: Base): ReadonlySet<string> => new Set(ruleOf(ours, base)?.always);

/** A new role begins as its base is. */
export const beginning = (ours: readonly OurRole[], base: Base): RoleBody =>
  ({ name: '', base, permissions: ruleOf(ours, base)?.permissions ?? [], scope: base === 'AGENT' ? 'own_and_free' : 'all', hides_numbers: base === 'ANALYST' });

export const draftOf = ({ name, base, permissions, scope, hides_numbers }: CustomRole): RoleBody => ({ name, base, permissions, scope, hides_numbers });

/** Another base: what it cannot hold falls away. */
export function rebased(draft: RoleBody, ours: readonly OurRole[], base: Base): RoleBody {
  const may = grantable(ours, base);
  return { ...draft, base, permissions: draft.permissions.filter((one) => may.has(one)), hides_numbers: draft.hides_numbers || base === 'ANALYST' };
}

export const toggled = (draft: RoleBody, permission: string): RoleBody =>
  ({ ...draft, permissions: draft.permissions.includes(permission) ? draft.permissions.filter((one) => one !== permission) : [...draft.permissions, permission] });

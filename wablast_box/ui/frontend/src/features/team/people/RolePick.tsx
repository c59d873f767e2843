import { useQuery } from '@tanstack/react-query';
import type { Role } from '@/api/types';
import { plural, t } from '@/lib/i18n';
import { ROLES } from '../rights';
import classes from '../RoleChoice.module.css';
import { rolesQuery } from './queries';

/** One of the four, or one of the shop's own by its id. */
export interface Picked {
  role: Role;
  roleId: string | null;
}

interface RolePickProps {
  value: Picked;
  onChange: (picked: Picked) => void;
  /** The others are shown, so that one knows they exist, but cannot be given. */
  allowed: readonly Role[];
  error?: string;
}

/** The four roles and the shop's own, each with what it means. */
export function RolePick({ value, onChange, allowed, error }: RolePickProps) {
  const roles = useQuery(rolesQuery);
  const line = (key: string, picked: Picked, name: string, help: string) => (
    <label key={key} className={classes.role} title={allowed.includes(picked.role) ? undefined : t('team.roles.notYours')}>
      <input type="radio" name="role" value={key} checked={value.roleId === picked.roleId && value.role === picked.role} disabled={!allowed.includes(picked.role)} onChange={() => { onChange(picked); }} />
      <span>
        <strong><bdi>{name}</bdi></strong>
        <span>{help}</span>
      </span>
    </label>
  );
  return (
    <fieldset className={classes.roles}>
      <legend>{t('team.roles.label')}</legend>
      {ROLES.map((role) => line(role, { role, roleId: null }, t(`common.roles.${role}`), t(`team.roles.${role}`)))}
      {(roles.data?.items ?? []).map((own) => {
        const parts = [t(`common.roles.${own.base}`), plural('access.roles.granted', own.permissions.length), t(`access.roles.scopes.${own.scope}`), ...(own.hides_numbers ? [t('access.roles.hidden')] : [])];
        return line(own.id, { role: own.base, roleId: own.id }, own.name, parts.join(' · '));
      })}
      {error ? <p role="alert">{error}</p> : null}
    </fieldset>
  );
}

import type { Role } from '@/api/types';
import { t } from '@/lib/i18n';
import { ROLES } from './rights';
import classes from './RoleChoice.module.css';

interface RoleChoiceProps {
  value: Role;
  onChange: (role: Role) => void;
  /** The others are shown, so that one knows they exist, but cannot be given. */
  allowed: readonly Role[];
  error?: string;
}

/** The four roles, each with the sentence that explains it. */
export function RoleChoice({ value, onChange, allowed, error }: RoleChoiceProps) {
  return (
    <fieldset className={classes.roles}>
      <legend>{t('team.roles.label')}</legend>
      {ROLES.map((role) => (
        <label key={role} className={classes.role} title={allowed.includes(role) ? undefined : t('team.roles.notYours')}>
          <input type="radio" name="role" value={role} checked={value === role} disabled={!allowed.includes(role)} onChange={() => { onChange(role); }} />
          <span>
            <strong>{t(`common.roles.${role}`)}</strong>
            <span>{t(`team.roles.${role}`)}</span>
          </span>
        </label>
      ))}
      {error ? <p role="alert">{error}</p> : null}
    </fieldset>
  );
}

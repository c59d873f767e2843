import type { OurRole, RoleBody } from '@/api/types';
import { Button } from '@/design/Button';
import { t } from '@/lib/i18n';
import { access } from '@/texts/en/access';
import { always, beginning, grantable, matrix, toggled } from './draft';
import classes from './Roles.module.css';

interface MatrixProps {
  draft: RoleBody;
  ours: readonly OurRole[];
  disabled: boolean;
  onChange: (draft: RoleBody) => void;
  error?: string;
}

/** Every right in words, by part of the box. What the base cannot hold is shown and says so. */
export function Matrix({ draft, ours, disabled, onChange, error }: MatrixProps) {
  const may = grantable(ours, draft.base);
  const must = always(ours, draft.base);
  const base = t(`common.roles.${draft.base}`);
  const handleReset = () => { onChange({ ...draft, permissions: beginning(ours, draft.base).permissions }); };
  return (
    <div className={classes.matrix}>
      <header>
        <h3>{t('access.roles.may')}</h3>
        {disabled ? null : <Button kind="link" onClick={handleReset}>{t('access.roles.reset', { base })}</Button>}
      </header>
      {error ? <p className={classes.error} role="alert">{error}</p> : null}
      {matrix(ours).map(([group, rights]) => (
        <fieldset key={group}>
          <legend>{t(`access.roles.groups.${group}`)}</legend>
          {rights.map((right) => (
            <label key={right} title={may.has(right) ? right : t('access.roles.mayNot', { base })}>
              <input type="checkbox" checked={must.has(right) || draft.permissions.includes(right)} disabled={disabled || must.has(right) || !may.has(right)} onChange={() => { onChange(toggled(draft, right)); }} />
              <span>{wordsOf(right)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

/** The names of rights hold a dot, which in a key of a text means a level: they are looked up by hand. */
function wordsOf(right: string): string {
  const words: Record<string, string> = access.roles.permissions;
  return words[right] ?? right;
}


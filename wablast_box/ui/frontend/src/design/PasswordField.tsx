import { t } from '@/lib/i18n';
import { LONGEST, SHORTEST, STEPS, type Strength, strengthOf } from '@/lib/passwords';
import { SecretField } from './Field';
import classes from './PasswordField.module.css';

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What everybody knows of this person: a password made of it is refused. */
  about?: readonly string[];
  error?: string;
}

/** A new password, with an honest word about it while it is typed. */
export function PasswordField({ label, value, onChange, about = [], error }: PasswordFieldProps) {
  const strength = strengthOf(value, about);
  return (
    <div>
      <SecretField
        label={label}
        autoComplete="new-password"
        required
        value={value}
        error={error}
        aria-describedby="password-word"
        onChange={(event) => { onChange(event.currentTarget.value); }}
      />
      <div className={classes.bar} data-strength={strength} aria-hidden>
        {[1, 2, 3, 4].map((step) => <span key={step} data-on={step <= STEPS[strength] ? true : undefined} />)}
      </div>
      <p id="password-word" className={classes.word} data-strength={strength} aria-live="polite">{word(strength, value)}</p>
    </div>
  );
}

function word(strength: Strength, value: string): string {
  if (strength === 'empty') return t('common.password.empty', { least: SHORTEST });
  if (strength === 'short') return t('common.password.short', { missing: SHORTEST - [...value].length });
  if (strength === 'long') return t('common.password.long', { most: LONGEST });
  return t(`common.password.${strength}`);
}

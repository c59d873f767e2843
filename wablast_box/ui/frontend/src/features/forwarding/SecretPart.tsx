import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { SecretField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { useState } from 'react';
import classes from './Forwarding.module.css';

interface SecretPartProps {
  isSet: boolean;
  /** Undefined: as it is. Empty: taken away. */
  value: string | undefined;
  error: string | undefined;
  onChange: (secret: string | undefined) => void;
}

export function SecretPart({ isSet, value, error, onChange }: SecretPartProps) {
  const [made, setMade] = useState<string | null>(null);
  const handleMake = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(24));
    const secret = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    setMade(secret);
    onChange(secret);
  };
  return (
    <div>
      <SecretField label={t('number.forwarding.secret')} description={isSet && value === undefined ? t('number.forwarding.secretKept') : t('number.forwarding.secretHelp')} value={value ?? ''} error={error} onChange={(event) => { setMade(null); onChange(event.currentTarget.value || undefined); }} />
      {made !== null && made === value ? <p className={classes.made}>{t('number.forwarding.secretMade')} <CopyText text={made} label={t('number.forwarding.secret')} /></p> : null}
      <div className={classes.tools}>
        <Button kind="link" onClick={handleMake}>{t('number.forwarding.secretMake')}</Button>
        {isSet && value !== '' ? <Button kind="link" onClick={() => { setMade(null); onChange(''); }}>{t('number.forwarding.secretRemove')}</Button> : null}
      </div>
    </div>
  );
}

import type { Storage } from '@/api/types';
import { SecretField, SwitchField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import type { StorageDraft } from './queries';
import classes from './Storage.module.css';

interface BucketFieldsProps {
  stored: Storage;
  draft: StorageDraft;
  change: (part: StorageDraft) => void;
  error: (name: string) => string | undefined;
  disabled: boolean;
}

export function BucketFields({ stored, draft, change, error, disabled }: BucketFieldsProps) {
  const line = (name: 'endpoint' | 'bucket' | 'region' | 'prefix' | 'key_id') => ({
    autoComplete: 'off', spellCheck: false, disabled, value: draft[name] ?? stored[name], error: error(name),
    onChange: (event: { currentTarget: { value: string } }) => { change({ [name]: event.currentTarget.value }); },
  });
  const flag = (name: 'path_style' | 'near') => ({
    disabled, checked: draft[name] ?? stored[name], error: error(name),
    onChange: (event: { currentTarget: { checked: boolean } }) => { change({ [name]: event.currentTarget.checked }); },
  });
  return (
    <>
      <TextField label={t('storage.endpoint')} description={t('storage.endpointHelp')} placeholder={t('storage.endpointExample')} inputMode="url" {...line('endpoint')} />
      <div className={classes.pair}>
        <TextField label={t('storage.bucket')} {...line('bucket')} />
        <TextField label={t('storage.region')} {...line('region')} />
      </div>
      <TextField label={t('storage.prefix')} description={t('storage.prefixHelp')} {...line('prefix')} />
      <TextField label={t('storage.keyId')} description={t('storage.keyIdHelp')} {...line('key_id')} />
      <SecretField label={t('storage.secretKey')} description={helpOf(stored, draft)} disabled={disabled} value={draft.secret_key ?? ''} error={error('secret_key')} onChange={(event) => { change({ secret_key: event.currentTarget.value }); }} />
      <SwitchField label={t('storage.pathStyle')} description={t('storage.pathStyleHelp')} {...flag('path_style')} />
      <SwitchField label={t('storage.near')} description={t('storage.nearHelp')} {...flag('near')} />
    </>
  );
}

/** A key goes only to the service it was entered for. */
function helpOf({ endpoint, secret_key: { set, last4 } }: Storage, draft: StorageDraft): string | undefined {
  if (!set) return undefined;
  if (draft.endpoint !== undefined && draft.endpoint !== endpoint) return t('storage.again');
  return last4 ? t('storage.keptEnding', { last4 }) : t('storage.kept');
}

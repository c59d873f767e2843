import { type FormEvent, useId, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { OwnSecurity, Passkey } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { Fields, TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconFingerprint, IconTrash } from '@/design/icons';
import { ago } from '@/lib/ago';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { fieldProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { deviceName } from '@/lib/user-agent';
import { canUsePasskeys } from '../passkeys';
import { Refused } from '../signin/Refused';
import classes from './Account.module.css';
import { useAddPasskey, useRemovePasskey } from './queries';

interface PasskeysProps {
  own: OwnSecurity;
  onCodes: (codes: readonly string[]) => void;
}

export function Passkeys({ own, onCodes }: PasskeysProps) {
  const [adding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<Passkey | null>(null);
  const works = own.passkeys_work_here && canUsePasskeys();
  return (
    <li className={classes.factor} data-on={own.passkeys.length > 0 ? true : undefined}>
      <IconFingerprint size={20} stroke={1.5} aria-hidden />
      <div>
        <strong>{t('access.second.passkeys')}</strong>
        <p>{works ? t('access.second.passkeysHelp') : `${t('access.second.passkeysOff')}. ${t('access.second.passkeysOffHelp')}`}</p>
      </div>
      {works ? <Button kind="quiet" onClick={() => { setAdding(true); }}>{t('access.second.passkeyAdd')}</Button> : null}
      {own.passkeys.length > 0 ? (
        <ul className={classes.keys}>
          {own.passkeys.map((passkey) => <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => { setDoomed(passkey); }} />)}
        </ul>
      ) : null}
      {adding ? <AddPasskey onClose={() => { setAdding(false); }} onCodes={onCodes} /> : null}
      {doomed ? <RemovePasskey passkey={doomed} onClose={() => { setDoomed(null); }} /> : null}
    </li>
  );
}

interface PasskeyRowProps {
  passkey: Passkey;
  onRemove: () => void;
}

function PasskeyRow({ passkey, onRemove }: PasskeyRowProps) {
  const now = useNow();
  const used = passkey.last_used_at ? t('access.second.passkeyUsed', { when: ago(passkey.last_used_at, now) }) : t('access.second.passkeyNever');
  const elsewhere = passkey.host === window.location.hostname ? null : t('access.second.passkeyMade', { host: passkey.host });
  return (
    <li>
      <span><bdi>{passkey.name}</bdi> <small>{[used, elsewhere].filter(Boolean).join(' · ')}</small></span>
      <IconButton label={t('access.second.passkeyRemove', { name: passkey.name })} onClick={onRemove}><IconTrash size={15} stroke={1.6} /></IconButton>
    </li>
  );
}

interface AddPasskeyProps {
  onClose: () => void;
  onCodes: (codes: readonly string[]) => void;
}

function AddPasskey({ onClose, onCodes }: AddPasskeyProps) {
  const [name, setName] = useState(deviceName(navigator.userAgent));
  const formId = useId();
  const add = useAddPasskey();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(name, {
      onSuccess: ({ passkey, recovery_codes: codes }) => {
        toast({ tone: 'good', title: t('access.second.passkeyAdded', { name: passkey.name }) });
        onClose();
        if (codes) onCodes(codes);
      },
    });
  };
  const inField = fieldProblem(add.error, 'name');
  return (
    <Dialog title={t('access.second.passkeyAdd')} onClose={onClose} size={420}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {add.error && !inField && !isUnconfirmed(add.error) ? <Refused error={add.error} left={0} /> : null}
          <TextField label={t('access.second.passkeyName')} description={t('access.second.passkeyNameHelp')} required data-autofocus maxLength={60} value={name} error={inField} onChange={(event) => { setName(event.currentTarget.value); }} />
          <Button type="submit" fullWidth leftSection={<IconFingerprint size={16} stroke={1.6} />} loading={add.isPending} disabled={!name.trim()}>{t('access.second.passkeyCreate')}</Button>
        </Fields>
      </form>
    </Dialog>
  );
}

interface RemovePasskeyProps {
  passkey: Passkey;
  onClose: () => void;
}

function RemovePasskey({ passkey, onClose }: RemovePasskeyProps) {
  const remove = useRemovePasskey();
  const handleRemove = () => {
    remove.mutate(passkey.id, { onSuccess: () => { toast({ tone: 'good', title: t('access.second.passkeyRemoved', { name: passkey.name }) }); onClose(); } });
  };
  return (
    <AskFirst opened onClose={onClose} title={t('access.second.passkeyRemoveTitle', { name: passkey.name })} confirm={t('access.second.appRemove')} onConfirm={handleRemove} busy={remove.isPending} error={isUnconfirmed(remove.error) ? null : remove.error}>
      {t('access.second.passkeyRemoveHelp')}
    </AskFirst>
  );
}

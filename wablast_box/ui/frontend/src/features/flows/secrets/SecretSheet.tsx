import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Fields, LongTextField, SecretField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { plural, t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { type FlowSecret, useDeleteSecret, usePutSecret } from './queries';

interface SecretSheetProps {
  secret: FlowSecret | null;
  onClose: () => void;
}

/** A new secret, or another value for one. Nobody is shown what is there, and where it goes is said with its value. */
export function SecretSheet({ secret, onClose }: SecretSheetProps) {
  const [name, setName] = useState(secret?.name ?? '');
  const [value, setValue] = useState('');
  const [hosts, setHosts] = useState(secret?.hosts.join('\n') ?? '');
  const [doomed, setDoomed] = useState(false);
  const put = usePutSecret();
  const problem = isUnconfirmed(put.error) ? null : formProblem(put.error, ['name', 'value', 'hosts']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const goesTo = hosts.split(/[\s,]+/).filter((one) => one !== '');
    put.mutate({ name: name.trim(), value, hosts: goesTo }, { onSuccess: () => { toast({ tone: 'good', title: t('flowSecrets.saved', { name: name.trim() }) }); onClose(); } });
  };
  const remove = secret ? <Button kind="quiet" onClick={() => { setDoomed(true); }}>{t('flowSecrets.remove')}</Button> : null;
  return (
    <Sheet
      title={secret ? t('flowSecrets.editTitle', { name: secret.name }) : t('flowSecrets.newTitle')}
      opened
      size={480}
      onClose={onClose}
      footer={<>{remove}<Button type="submit" form="flow-secret" disabled={name.trim() === '' || value === ''} loading={put.isPending}>{t('common.save')}</Button></>}
    >
      <form id="flow-secret" onSubmit={handleSubmit} noValidate>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <TextField label={t('flowSecrets.name')} description={t('flowSecrets.nameHelp', { place: `{{secret.${name.trim() || 'crm_key'}}}` })} placeholder={t('flowSecrets.nameExample')} disabled={secret !== null} data-autofocus={secret ? undefined : true} autoComplete="off" spellCheck={false} value={name} error={fieldProblem(put.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <SecretField label={t(secret ? 'flowSecrets.newValue' : 'flowSecrets.value')} description={t('flowSecrets.valueHelp')} data-autofocus={secret ? true : undefined} value={value} error={fieldProblem(put.error, 'value')} onChange={(event) => { setValue(event.currentTarget.value); }} />
          <LongTextField label={t('flowSecrets.hosts')} description={t('flowSecrets.hostsHelp')} placeholder={t('flowSecrets.hostsExample')} autoComplete="off" spellCheck={false} value={hosts} error={fieldProblem(put.error, 'hosts')} onChange={(event) => { setHosts(event.currentTarget.value); }} />
        </Fields>
      </form>
      {secret && doomed ? <Remove secret={secret} onClose={() => { setDoomed(false); }} onGone={onClose} /> : null}
    </Sheet>
  );
}

interface RemoveProps {
  secret: FlowSecret;
  onClose: () => void;
  onGone: () => void;
}

function Remove({ secret, onClose, onGone }: RemoveProps) {
  const remove = useDeleteSecret();
  const handleConfirm = () => {
    remove.mutate(secret.name, { onSuccess: () => { toast({ tone: 'good', title: t('flowSecrets.removed', { name: secret.name }) }); onGone(); } });
  };
  return (
    <AskFirst opened onClose={onClose} title={t('flowSecrets.removeTitle', { name: secret.name })} confirm={t('flowSecrets.remove')} onConfirm={handleConfirm} busy={remove.isPending} error={isUnconfirmed(remove.error) ? undefined : remove.error}>
      {secret.used_by.length === 0 ? t('flowSecrets.removeHelp') : plural('flowSecrets.removeUsed', secret.used_by.length)}
    </AskFirst>
  );
}

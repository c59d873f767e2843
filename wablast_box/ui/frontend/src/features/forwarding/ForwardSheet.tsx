import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { Forward } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Fields, SwitchField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { FieldsChoice } from './FieldsChoice';
import { useDeleteForward, useSaveForward } from './queries';
import { SecretPart } from './SecretPart';

interface ForwardSheetProps {
  target: Forward | null;
  onClose: () => void;
}

export function ForwardSheet({ target, onClose }: ForwardSheetProps) {
  const [url, setUrl] = useState(target?.url ?? '');
  const [fields, setFields] = useState<string[]>(target?.fields ?? []);
  const [secret, setSecret] = useState<string | undefined>(undefined);
  const [isOn, setIsOn] = useState(target ? target.state !== 'off' : true);
  const [doomed, setDoomed] = useState(false);
  const save = useSaveForward(target?.id ?? null);
  const remove = useDeleteForward();
  const host = hostOf(target?.url);
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, ['url', 'fields', 'secret']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wasOn = target ? target.state !== 'off' : true;
    save.mutate(
      { ...(url !== target?.url ? { url } : {}), fields: fields.length ? fields : null, ...(secret === undefined ? {} : { secret }), ...(target && isOn !== wasOn ? { is_on: isOn } : {}) },
      { onSuccess: () => { toast({ tone: 'good', title: t(target ? 'number.forwarding.changed' : 'number.forwarding.saved') }); onClose(); } },
    );
  };
  const handleDelete = () => {
    if (target) remove.mutate(target.id, { onSuccess: () => { toast({ tone: 'good', title: t('number.forwarding.removed') }); onClose(); } });
  };
  return (
    <Sheet
      title={target ? t('number.forwarding.editTitle', { host }) : t('number.forwarding.newTitle')}
      opened
      size={480}
      onClose={onClose}
      footer={<>{target ? <Button kind="quiet" onClick={() => { setDoomed(true); }}>{t('number.forwarding.remove')}</Button> : null}<Button type="submit" form="forward" loading={save.isPending}>{t('common.save')}</Button></>}
    >
      <form id="forward" onSubmit={handleSubmit} noValidate>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <TextField label={t('number.forwarding.url')} description={t('number.forwarding.urlHelp')} placeholder={t('number.forwarding.urlExample')} type="url" data-autofocus autoComplete="off" spellCheck={false} value={url} error={fieldProblem(save.error, 'url')} onChange={(event) => { setUrl(event.currentTarget.value); }} />
          <FieldsChoice value={fields} error={fieldProblem(save.error, 'fields')} onChange={setFields} />
          <SecretPart isSet={target?.has_secret ?? false} value={secret} error={fieldProblem(save.error, 'secret')} onChange={setSecret} />
          {target ? <SwitchField label={t('number.forwarding.on')} description={t('number.forwarding.onHelp')} checked={isOn} onChange={(event) => { setIsOn(event.currentTarget.checked); }} /> : null}
        </Fields>
      </form>
      {doomed ? (
        <AskFirst opened onClose={() => { setDoomed(false); }} title={t('number.forwarding.removeTitle', { host })} confirm={t('number.forwarding.remove')} onConfirm={handleDelete} busy={remove.isPending} error={isUnconfirmed(remove.error) ? undefined : remove.error}>{t('number.forwarding.removeHelp')}</AskFirst>
      ) : null}
    </Sheet>
  );
}

function hostOf(url: string | undefined): string {
  try {
    return url ? new URL(url).host : '';
  } catch {
    return url ?? '';
  }
}

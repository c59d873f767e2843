import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '@/api/errors';
import type { NewTotp } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import classes from './Account.module.css';
import { QrSquares } from './QrSquares';
import { useConfirmApp } from './queries';

interface AddAppProps {
  made: NewTotp;
  onClose: () => void;
  onCodes: (codes: readonly string[]) => void;
}

/** Scan, type the first code, done. Until then nothing has changed. */
export function AddApp({ made, onClose, onCodes }: AddAppProps) {
  const [code, setCode] = useState('');
  const formId = useId();
  const confirm = useConfirmApp();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(code, {
      onSuccess: ({ recovery_codes: codes }) => {
        toast({ tone: 'good', title: t('access.second.on') });
        onClose();
        if (codes) onCodes(codes);
      },
      onError: () => { setCode(''); },
    });
  };
  const problem = confirm.error ? problemOf(confirm.error) : null;
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} loading={confirm.isPending} disabled={code.replace(/\s/g, '').length < 6}>{t('access.second.confirm')}</Button>
    </>
  );
  return (
    <Sheet opened title={t('access.second.appTitle')} onClose={onClose} footer={footer}>
      <p className={classes.step}>{t('access.second.scan')}</p>
      <QrSquares squares={made.squares} label={t('access.second.scanLabel')} />
      <p className={classes.step}>{t('access.second.type')}</p>
      <code className={classes.seed} tabIndex={0}>{made.secret.match(/.{1,4}/g)?.join(' ')}</code>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          <TextField label={t('access.second.code')} size="sm" className={classes.code} data-autofocus required inputMode="numeric" autoComplete="one-time-code" maxLength={7} value={code} error={problem ? `${problem.message} ${problem.help ?? ''}` : undefined} onChange={(event) => { setCode(event.currentTarget.value); }} />
        </Fields>
      </form>
    </Sheet>
  );
}

import { type FormEvent, useId, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { Session } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { ShownOnce } from '@/design/ShownOnce';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { useCreateKey } from './queries';
import { grantableBy } from './rights';
import { type Picked, RolePick } from './people/RolePick';
import classes from './Team.module.css';

interface CreateKeySheetProps {
  me: NonNullable<Session['user']>;
  onClose: () => void;
}

export function CreateKeySheet({ me, onClose }: CreateKeySheetProps) {
  const [name, setName] = useState('');
  const [picked, setPicked] = useState<Picked>({ role: me.role === 'ANALYST' ? 'ANALYST' : 'AGENT', roleId: null });
  const formId = useId();
  const create = useCreateKey();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, role: picked.role, role_id: picked.roleId });
  };
  if (create.data) {
    return (
      <Sheet opened title={t('team.keys.made', { name: create.data.name })} onClose={onClose} footer={<Button onClick={onClose}>{t('common.done')}</Button>}>
        <ShownOnce label={t('team.keys.key')} text={create.data.key}>{t('team.keys.madeHelp')}</ShownOnce>
        <div className={classes.snippet}>
          {t('team.keys.use')}
          <pre>{`curl -H "Authorization: Bearer ${create.data.prefix}…" \\\n  ${window.location.origin}/api/v1/conversations`}</pre>
        </div>
      </Sheet>
    );
  }
  const problem = isUnconfirmed(create.error) ? null : formProblem(create.error, ['name', 'role']);
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} loading={create.isPending}>{t('team.keys.submit')}</Button>
    </>
  );
  return (
    <Sheet opened title={t('team.keys.create')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <TextField label={t('team.keys.name')} description={t('team.keys.nameHelp')} required data-autofocus autoComplete="off" value={name} error={fieldProblem(create.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <RolePick value={picked} onChange={setPicked} allowed={grantableBy(me.role)} error={fieldProblem(create.error, 'role')} />
        </Fields>
      </form>
    </Sheet>
  );
}

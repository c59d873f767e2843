import { type FormEvent, useId, useState } from 'react';
import type { Role, Session } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { PersonLink } from './PersonLink';
import { useAddPerson } from './queries';
import { managedBy } from './rights';
import { RoleChoice } from './RoleChoice';

interface AddPersonSheetProps {
  me: NonNullable<Session['user']>;
  onClose: () => void;
}

/** Name, e-mail, role; then the link that the new person opens to choose a password. */
export function AddPersonSheet({ me, onClose }: AddPersonSheetProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('AGENT');
  const formId = useId();
  const add = useAddPerson();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ name, email: email.trim(), role });
  };
  if (add.data) {
    const { user, link } = add.data;
    return (
      <Sheet opened title={t('team.people.added', { name: user.name })} onClose={onClose} footer={<Button onClick={onClose}>{t('common.done')}</Button>}>
        <PersonLink name={user.name} link={link} />
      </Sheet>
    );
  }
  const problem = formProblem(add.error, ['name', 'email', 'role']);
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} loading={add.isPending}>{t('team.people.addSubmit')}</Button>
    </>
  );
  return (
    <Sheet opened title={t('team.people.add')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <TextField label={t('team.people.name')} required autoComplete="off" data-autofocus value={name} error={fieldProblem(add.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <TextField label={t('team.people.email')} required type="email" autoComplete="off" value={email} error={fieldProblem(add.error, 'email')} onChange={(event) => { setEmail(event.currentTarget.value); }} />
          <RoleChoice value={role} onChange={setRole} allowed={managedBy(me.role)} error={fieldProblem(add.error, 'role')} />
        </Fields>
      </form>
    </Sheet>
  );
}

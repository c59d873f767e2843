import { type FormEvent, useId, useState } from 'react';
import type { Session, User } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast, toastError } from '@/lib/toasts';
import { isUnconfirmed } from '@/api/confirm';
import { PersonAccess } from './PersonAccess';
import { PersonLink } from './PersonLink';
import { useChangePerson, usePasswordLink } from './queries';
import { hindrance, managedBy } from './rights';
import { HandOver, PersonFactor, PersonSessions } from './people/PersonSecurity';
import { type Picked, RolePick } from './people/RolePick';
import classes from './Team.module.css';

interface PersonSheetProps {
  user: User;
  users: readonly User[];
  me: NonNullable<Session['user']>;
  onClose: () => void;
}

/** One person: name, role, a new password link, access. */
export function PersonSheet({ user, users, me, onClose }: PersonSheetProps) {
  const [name, setName] = useState(user.name);
  const [picked, setPicked] = useState<Picked>({ role: user.role, roleId: user.role_id });
  const formId = useId();
  const change = useChangePerson(user.id);
  const why = hindrance(users, user, me);
  const whyWords = why ? t(`team.people.${why}`) : null;
  const isRoleNew = picked.role !== user.role || picked.roleId !== user.role_id;
  const isDirty = name.trim() !== user.name || isRoleNew;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const body = { ...(name.trim() !== user.name ? { name } : {}), ...(isRoleNew ? { role: picked.role, ...(picked.roleId ? { role_id: picked.roleId } : {}) } : {}) };
    change.mutate(body, { onSuccess: () => { toast({ tone: 'good', title: t('team.people.saved', { name: name.trim() }) }); onClose(); } });
  };
  const problem = isUnconfirmed(change.error) ? null : formProblem(change.error, ['name', 'role']);
  const footer = why === 'notManaged' ? undefined : (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} disabled={!isDirty} loading={change.isPending}>{t('team.people.save')}</Button>
    </>
  );
  return (
    <Sheet opened title={t('team.people.edit', { name: user.name })} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          {whyWords ? <Notice tone="info" title={whyWords} /> : null}
          <TextField label={t('team.people.name')} description={user.email} required disabled={why === 'notManaged'} value={name} error={fieldProblem(change.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <div>
            <RolePick value={picked} onChange={setPicked} allowed={why ? [] : managedBy(me.role)} error={fieldProblem(change.error, 'role')} />
            {isRoleNew ? <p className={classes.hint}>{t('team.people.roleChange')}</p> : null}
          </div>
        </Fields>
      </form>
      {why === 'notManaged' ? null : <NewLink user={user} />}
      {why === 'notManaged' || user.id === me.id ? null : <PersonSessions user={user} />}
      {user.id === me.id ? null : <PersonFactor user={user} />}
      {user.id === me.id ? null : <HandOver user={user} />}
      {why ? null : <PersonAccess user={user} />}
    </Sheet>
  );
}

interface NewLinkProps {
  user: User;
}

function NewLink({ user }: NewLinkProps) {
  const link = usePasswordLink(user.id);
  const handleClick = () => {
    link.mutate(undefined, { onError: (error) => { if (!isUnconfirmed(error)) toastError(error); } });
  };
  if (user.disabled_at) return null;
  return (
    <section className={classes.part}>
      <h3>{t('team.people.link')}</h3>
      <p>{t('team.people.linkExplain', { name: user.name })}</p>
      {link.data ? <PersonLink name={user.name} link={link.data} /> : <Button kind="quiet" loading={link.isPending} onClick={handleClick}>{t('team.people.makeLink')}</Button>}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { InvitationWithLink, Session } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, SwitchField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { ShownOnce } from '@/design/ShownOnce';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { managedBy } from '../rights';
import classes from '../Team.module.css';
import { invitationsQuery, useInvite } from './queries';
import { type Picked, RolePick } from './RolePick';

interface InviteSheetProps {
  me: NonNullable<Session['user']>;
  onClose: () => void;
}

/** Name, e-mail, role; then the link, and the letter if there is a way to send one. */
export function InviteSheet({ me, onClose }: InviteSheetProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [picked, setPicked] = useState<Picked>({ role: 'AGENT', roleId: null });
  const invitations = useQuery(invitationsQuery);
  const canMail = invitations.data?.can_mail ?? false;
  const [byMail, setByMail] = useState(true);
  const formId = useId();
  const invite = useInvite();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ name, email: email.trim(), role: picked.role, role_id: picked.roleId, by_mail: canMail && byMail });
  };
  if (invite.data) return <Invited made={invite.data} onClose={onClose} />;
  const problem = isUnconfirmed(invite.error) ? null : formProblem(invite.error, ['name', 'email', 'role']);
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} loading={invite.isPending}>{t('access.people.inviteSubmit')}</Button>
    </>
  );
  return (
    <Sheet opened title={t('access.people.invite')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <TextField label={t('team.people.name')} required autoComplete="off" data-autofocus value={name} error={fieldProblem(invite.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <TextField label={t('team.people.email')} required type="email" autoComplete="off" value={email} error={fieldProblem(invite.error, 'email')} onChange={(event) => { setEmail(event.currentTarget.value); }} />
          <RolePick value={picked} onChange={setPicked} allowed={managedBy(me.role)} error={fieldProblem(invite.error, 'role')} />
          {canMail
            ? <SwitchField label={t('access.people.byMail')} description={t('access.people.byMailHelp')} checked={byMail} onChange={(event) => { setByMail(event.currentTarget.checked); }} />
            : <p className={classes.hint}>{t('access.people.noMail')}. {t('access.people.noMailHelp')}</p>}
        </Fields>
      </form>
    </Sheet>
  );
}

interface InvitedProps {
  made: InvitationWithLink;
  onClose: () => void;
}

/** The link, this once. */
export function Invited({ made, onClose }: InvitedProps) {
  const { name, email } = made.invitation;
  return (
    <Sheet opened title={t('access.people.invited', { name })} onClose={onClose} footer={<Button onClick={onClose}>{t('common.done')}</Button>}>
      {made.mailed ? <div className={classes.above}><Notice tone="good" title={t('access.people.mailed', { email })} /></div> : null}
      <ShownOnce label={t('access.people.linkFor', { name })} text={made.url}>{t('access.people.linkHelp', { name, until: stampOf(made.expires_at) })}</ShownOnce>
    </Sheet>
  );
}

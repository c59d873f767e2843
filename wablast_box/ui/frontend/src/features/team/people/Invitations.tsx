import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { Invitation } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconMailForward } from '@/design/icons';
import { Panel } from '@/design/Panel';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { toast, toastError } from '@/lib/toasts';
import classes from '../Team.module.css';
import { Invited } from './InviteSheet';
import { invitationsQuery, useResend, useRevoke } from './queries';

/** Who was asked and has not come yet. Nothing is shown when there is nobody. */
export function Invitations() {
  const invitations = useQuery(invitationsQuery);
  const found = invitations.data;
  if (!found || found.items.length === 0) return null;
  return (
    <div className={classes.below}>
      <Panel title={t('access.people.open')} help={t('access.people.openHelp')}>
        <ul className={classes.sessions}>
          {found.items.map((one) => <InvitationRow key={one.id} invitation={one} canMail={found.can_mail} />)}
        </ul>
      </Panel>
    </div>
  );
}

interface InvitationRowProps {
  invitation: Invitation;
  canMail: boolean;
}

function InvitationRow({ invitation, canMail }: InvitationRowProps) {
  const { id, name, email } = invitation;
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const resend = useResend(id);
  const revoke = useRevoke(id);
  const isOver = new Date(invitation.expires_at).getTime() <= now;
  const handleRevoke = () => { revoke.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('access.people.revoked', { name }) }); } }); };
  return (
    <li className={classes.session}>
      <IconMailForward size={20} stroke={1.5} aria-hidden />
      <div>
        <strong><bdi>{name}</bdi>{isOver ? <Badge tone="warn">{t('access.people.lapsed')}</Badge> : <Badge>{invitation.role_name ?? t(`common.roles.${invitation.role}`)}</Badge>}</strong>
        <p>{email} · {isOver ? t('access.people.by', { name: invitation.invited_by }) : t('access.people.until', { when: stampOf(invitation.expires_at) })}</p>
      </div>
      <Button kind="quiet" loading={resend.isPending} aria-label={t('access.people.resendLabel', { name })} onClick={() => { resend.mutate(canMail && invitation.mailed_at !== null, { onError: (error) => { if (!isUnconfirmed(error)) toastError(error); } }); }}>{t('access.people.resend')}</Button>
      <Button kind="quiet" aria-label={t('access.people.revokeLabel', { name })} onClick={() => { setAsking(true); }}>{t('access.people.revoke')}</Button>
      {resend.data ? <Invited made={resend.data} onClose={resend.reset} /> : null}
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.people.revokeTitle', { name })} confirm={t('access.people.revoke')} onConfirm={handleRevoke} busy={revoke.isPending} error={isUnconfirmed(revoke.error) ? null : revoke.error}>
        {t('access.people.revokeHelp')}
      </AskFirst>
    </li>
  );
}

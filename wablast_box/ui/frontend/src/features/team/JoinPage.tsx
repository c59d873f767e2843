import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { problemOf } from '@/api/errors';
import { keep, sessionQuery, useSession } from '@/api/session';
import type { InvitationCard } from '@/api/types';
import { Button } from '@/design/Button';
import { Door } from '@/design/Door';
import { Fields, TextField } from '@/design/Field';
import { IconBrandGoogle } from '@/design/icons';
import { Notice } from '@/design/Notice';
import { PasswordField } from '@/design/PasswordField';
import { SkeletonLines } from '@/design/Skeletons';
import { t } from '@/lib/i18n';
import { isAcceptable, strengthOf } from '@/lib/passwords';
import { fieldProblem, formProblem } from '@/lib/problems';
import classes from './signin/SignIn.module.css';
import { useGoogleEntry } from './signin/ways';

const route = getRouteApi('/invitation');

/** Where an invitation leads: who invites whom, then a password, or Google. */
export function JoinPage() {
  const { token } = route.useSearch();
  const card = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answer(api.POST('/api/v1/invitation/look', { body: { token: token ?? '' } })),
    enabled: Boolean(token),
    retry: false,
    staleTime: Infinity,
  });
  const foot = <Link to="/signin">{t('team.choosePassword.toSignIn')}</Link>;
  if (!token) return <Door title={t('team.choosePassword.noToken')} help={t('team.choosePassword.noTokenHelp')} foot={foot} />;
  if (card.isError) {
    const problem = problemOf(card.error);
    const isOver = problem.code === 'not_found';
    return <Door title={isOver ? t('access.join.over') : problem.message} help={isOver ? t('access.join.overHelp') : problem.help} foot={foot} />;
  }
  if (!card.data) return <Door title={t('access.join.looking')}><SkeletonLines rows={4} /></Door>;
  return <JoinForm token={token} card={card.data} />;
}

interface JoinFormProps {
  token: string;
  card: InvitationCard;
}

function JoinForm({ token, card }: JoinFormProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { google } = useSession();
  const [name, setName] = useState(card.name);
  const [password, setPassword] = useState('');
  const withGoogle = useGoogleEntry('/inbox');
  const join = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/invitation/accept', { body: { token, password, name: name.trim() } })),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, keep(session));
      // The link is used up: it must not stay in the way back.
      await navigate({ to: '/inbox', replace: true });
    },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate();
  };
  const about = [name, card.email.split('@')[0] ?? '', card.business];
  const problem = formProblem(join.error ?? withGoogle.error, ['password', 'name']);
  const role = card.role_name ?? t(`common.roles.${card.role}`);
  return (
    <Door title={t('access.join.title', { business: card.business || t('common.product') })} help={t('access.join.help', { inviter: card.invited_by, role, email: card.email })}>
      <form onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <input type="email" hidden readOnly autoComplete="username" value={card.email} />
          <TextField label={t('access.join.name')} size="sm" autoComplete="name" required value={name} error={fieldProblem(join.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <PasswordField label={t('team.choosePassword.password')} value={password} onChange={setPassword} about={about} error={fieldProblem(join.error, 'password')} />
          <Button type="submit" size="sm" fullWidth loading={join.isPending} disabled={!name.trim() || !isAcceptable(strengthOf(password, about))}>{t('access.join.submit')}</Button>
        </Fields>
      </form>
      {google ? (
        <div className={classes.ways}>
          <p className={classes.or}><span>{t('access.signIn.or')}</span></p>
          <Button kind="quiet" size="sm" fullWidth leftSection={<IconBrandGoogle size={18} stroke={1.6} />} loading={withGoogle.isPending} title={t('access.join.googleHelp', { email: card.email })} onClick={() => { withGoogle.mutate(); }}>{t('access.join.google')}</Button>
        </div>
      ) : null}
    </Door>
  );
}

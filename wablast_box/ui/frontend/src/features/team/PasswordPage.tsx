import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { keep, sessionQuery } from '@/api/session';
import { Button } from '@/design/Button';
import { Door } from '@/design/Door';
import { Fields } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { PasswordField } from '@/design/PasswordField';
import { t } from '@/lib/i18n';
import { isAcceptable, strengthOf } from '@/lib/passwords';
import { fieldProblem, formProblem } from '@/lib/problems';

const route = getRouteApi('/password');

/** Where a password link leads: choose one, be signed in. */
export function PasswordPage() {
  const { token } = route.useSearch();
  const foot = <Link to="/signin">{t('team.choosePassword.toSignIn')}</Link>;
  if (!token) return <Door title={t('team.choosePassword.noToken')} help={t('team.choosePassword.noTokenHelp')} foot={foot} />;
  return <PasswordForm token={token} />;
}

interface PasswordFormProps {
  token: string;
}

function PasswordForm({ token }: PasswordFormProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/password', { body: { token, password } })),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, keep(session));
      // The link is used up: it must not stay in the way back.
      await navigate({ to: '/inbox', replace: true });
    },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const problem = formProblem(save.error, ['password']);
  const foot = <Link to="/signin">{t('team.choosePassword.toSignIn')}</Link>;
  if (problem?.code === 'not_found') return <Door title={t('team.choosePassword.over')} help={t('team.choosePassword.overHelp')} foot={foot} />;
  return (
    <Door title={t('team.choosePassword.title')} help={t('team.choosePassword.help')} foot={foot}>
      <form onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <PasswordField label={t('team.choosePassword.password')} value={password} onChange={setPassword} error={fieldProblem(save.error, 'password')} />
          <Button type="submit" size="sm" fullWidth loading={save.isPending} disabled={!isAcceptable(strengthOf(password))}>{t('team.choosePassword.submit')}</Button>
        </Fields>
      </form>
    </Door>
  );
}

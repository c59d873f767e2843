import { type FormEvent, useState } from 'react';
import { useSession } from '@/api/session';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { Fields, SecretField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { PasswordField } from '@/design/PasswordField';
import { Page, Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { isAcceptable, strengthOf } from '@/lib/passwords';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { LoginSessions } from './LoginSessions';
import { GoogleAccount, Profile } from './account/Profile';
import { SecondFactor } from './account/SecondFactor';
import { useChangePassword } from './queries';
import classes from './Team.module.css';

export function AccountPage() {
  const { user } = useSession();
  // Its place stays while one looks at it: with the factor the reason is gone, but the recovery codes are still on the screen.
  const [comesFirst] = useState(Boolean(user?.second_factor_due_at));
  if (!user) return null;
  return (
    <Page>
      <PageHeader title={t('team.account.title')} help={t('team.account.help')} />
      <div className={classes.me}>
        <Avatar name={user.name} seed={user.id} size="lg" />
        <div>
          <strong><bdi>{user.name}</bdi></strong>
          <span>{user.email}</span>
          <span>{user.role_name ?? `${t(`common.roles.${user.role}`)}: ${t(`team.roles.${user.role}`)}`}</span>
        </div>
      </div>
      {comesFirst ? <SecondFactor /> : null}
      <Profile key={user.name} name={user.name} />
      <Panel title={t('team.account.passwordTitle')} help={t('team.account.passwordHelp')}>
        <PasswordForm about={[user.name, user.email.split('@')[0] ?? '']} email={user.email} />
      </Panel>
      {comesFirst ? null : <SecondFactor />}
      <GoogleAccount />
      <LoginSessions />
    </Page>
  );
}

interface PasswordFormProps {
  about: readonly string[];
  email: string;
}

function PasswordForm({ about, email }: PasswordFormProps) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChangePassword();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, new: next }, {
      onSuccess: () => {
        setCurrent('');
        setNext('');
        toast({ tone: 'good', title: t('team.account.changed') });
      },
    });
  };
  // The box names a wrong current password by its code, a refused new one by its field.
  const isCurrentWrong = formProblem(change.error, [])?.code === 'wrong_password';
  const problem = isCurrentWrong ? null : formProblem(change.error, ['current', 'new', 'password']);
  return (
    <form onSubmit={handleSubmit}>
      <Fields>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <input type="email" hidden readOnly autoComplete="username" value={email} />
        <SecretField label={t('team.account.current')} autoComplete="current-password" required value={current} error={isCurrentWrong ? change.error?.message : fieldProblem(change.error, 'current')} onChange={(event) => { setCurrent(event.currentTarget.value); }} />
        <PasswordField label={t('team.account.next')} value={next} onChange={setNext} about={about} error={fieldProblem(change.error, 'new') ?? fieldProblem(change.error, 'password')} />
        <div><Button type="submit" loading={change.isPending} disabled={!current || !isAcceptable(strengthOf(next, about))}>{t('team.account.submit')}</Button></div>
      </Fields>
    </form>
  );
}

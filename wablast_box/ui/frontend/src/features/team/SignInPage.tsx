import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useSession } from '@/api/session';
import { Button } from '@/design/Button';
import { Door } from '@/design/Door';
import { Fields, SecretField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { OtherWays } from './signin/OtherWays';
import { Refused } from './signin/Refused';
import { SecondStep } from './signin/SecondStep';
import { usePasswordEntry } from './signin/ways';
import classes from './signin/SignIn.module.css';
import { useWait, waitWords } from './wait';

const route = getRouteApi('/signin');

/** E-mail and password, or another way; then the second factor of who has one. */
export function SignInPage() {
  const { next, problem } = route.useSearch();
  const session = useSession();
  if (session.second_factor) return <SecondStep session={session} methods={session.second_factor.methods} next={next} />;
  const foot = session.setup_needed
    ? <>{t('team.signIn.setUp')} <Link to="/setup">{t('team.signIn.setUpLink')}</Link></>
    : t('team.signIn.forgot');
  return (
    <Door title={t('team.signIn.title')} foot={foot}>
      {problem ? <FromGoogle problem={problem} /> : null}
      <PasswordForm next={next} />
      <OtherWays next={next} />
    </Door>
  );
}

interface PasswordFormProps {
  next: string | undefined;
}

function PasswordForm({ next }: PasswordFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = usePasswordEntry(next);
  const left = useWait(signIn.error);
  const passwordRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After a refusal one types the password again: it is selected, so that typing replaces it.
    if (signIn.isError) passwordRef.current?.select();
  }, [signIn.isError, signIn.error]);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (left === 0) signIn.mutate({ email: email.trim(), password });
  };
  return (
    <form onSubmit={handleSubmit}>
      <Fields>
        {signIn.isError ? <Refused error={signIn.error} left={left} /> : null}
        <TextField label={t('team.signIn.email')} size="sm" type="email" inputMode="email" autoComplete="username" autoFocus required value={email} onChange={(event) => { setEmail(event.currentTarget.value); }} />
        <SecretField ref={passwordRef} label={t('team.signIn.password')} size="sm" autoComplete="current-password" required value={password} onChange={(event) => { setPassword(event.currentTarget.value); }} />
        <Button type="submit" size="sm" fullWidth loading={signIn.isPending} disabled={left > 0}>
          {left > 0 ? t('team.signIn.waiting', { wait: waitWords(left) }) : t('team.signIn.submit')}
        </Button>
      </Fields>
    </form>
  );
}

const PROBLEMS = ['google_unknown', 'google_unlinked', 'google_unverified', 'google_refused', 'google_failed', 'google_taken', 'start_again'] as const;
const WITH_HELP = ['google_unknown', 'google_unlinked', 'google_unverified'] as const;

interface FromGoogleProps {
  problem: string;
}

/** The way back from Google says what went wrong in the address; only words of ours are shown. */
function FromGoogle({ problem }: FromGoogleProps) {
  const known = PROBLEMS.find((one) => one === problem) ?? 'other';
  const helped = WITH_HELP.find((one) => one === problem) ?? 'other';
  return <div className={classes.problem}><Notice tone="bad" title={t(`access.signIn.problems.${known}`)}>{t(`access.signIn.problemHelp.${helped}`)}</Notice></div>;
}

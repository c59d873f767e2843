import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { answer, api } from '@/api/client';
import { problemOf } from '@/api/errors';
import { keep, sessionQuery, useSession } from '@/api/session';
import { Button } from '@/design/Button';
import { Door } from '@/design/Door';
import { Fields, SecretField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { useWait, waitWords } from './wait';

const route = getRouteApi('/signin');

export function SignInPage() {
  const { next } = route.useSearch();
  const { setup_needed: setupNeeded } = useSession();
  const router = useRouter();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/session', { body: { email: email.trim(), password } })),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, keep(session));
      router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/inbox');
    },
  });
  const left = useWait(signIn.error);
  const passwordRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After a refusal one types the password again: it is selected, so that typing replaces it.
    if (signIn.isError) passwordRef.current?.select();
  }, [signIn.isError, signIn.error]);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (left === 0) signIn.mutate();
  };
  const foot = setupNeeded
    ? <>{t('team.signIn.setUp')} <Link to="/setup">{t('team.signIn.setUpLink')}</Link></>
    : t('team.signIn.forgot');
  return (
    <Door title={t('team.signIn.title')} foot={foot}>
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
    </Door>
  );
}

interface RefusedProps {
  error: unknown;
  left: number;
}

/** The wait is said once, not with each second: the button counts. */
function Refused({ error, left }: RefusedProps) {
  const [first, setFirst] = useState(0);
  if (left > 0 && first === 0) setFirst(left);
  if (left === 0 && first !== 0) setFirst(0);
  const problem = problemOf(error);
  return <Notice tone="bad" title={problem.message}>{first > 0 ? t('team.signIn.wait', { wait: waitWords(first) }) : problem.help}</Notice>;
}

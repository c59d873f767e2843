import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { problemOf } from '@/api/errors';
import { keep, sessionQuery } from '@/api/session';
import { Button } from '@/design/Button';
import { Fields, SecretField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { t } from '@/lib/i18n';

const route = getRouteApi('/signin');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/session', { body: { email, password } })),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, keep(session));
      router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/inbox');
    },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <Page>
      <PageHeader title={t('team.signIn.title')} />
      <form onSubmit={handleSubmit}>
        <Fields>
          {signIn.isError ? <Notice tone="bad" title={problemOf(signIn.error).message}>{problemOf(signIn.error).help}</Notice> : null}
          <TextField label={t('team.signIn.email')} type="email" autoComplete="username" required value={email} onChange={(event) => { setEmail(event.currentTarget.value); }} />
          <SecretField label={t('team.signIn.password')} autoComplete="current-password" required value={password} onChange={(event) => { setPassword(event.currentTarget.value); }} />
          <Button type="submit" loading={signIn.isPending}>{t('team.signIn.submit')}</Button>
        </Fields>
      </form>
    </Page>
  );
}

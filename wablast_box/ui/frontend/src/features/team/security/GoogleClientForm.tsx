import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { confirmed, isUnconfirmed } from '@/api/confirm';
import type { GoogleClient } from '@/api/types';
import { showAnswer } from '@/asking';
import { AskFirst } from '@/design/AskFirst';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Fields, SecretField, TextField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import classes from './Security.module.css';

const googleQuery = queryOptions({ queryKey: ['security', 'google'], queryFn: () => answer(api.GET('/api/v1/security/google')) });

interface GoogleClientFormProps {
  mayWrite: boolean;
}

/** What Google's console must know, and what it gave. The secret is kept sealed and shown to nobody. */
export function GoogleClientForm({ mayWrite }: GoogleClientFormProps) {
  const google = useQuery(googleQuery);
  const isOn = Boolean(google.data?.client_id && google.data.client_secret.set);
  return (
    <Panel title={t('access.security.googleTitle')} help={t('access.security.googleHelp')} actions={google.data ? <Badge tone={isOn ? 'good' : 'plain'}>{isOn ? t('access.security.googleOn') : t('access.security.googleOff')}</Badge> : null}>
      <Loaded query={google}>{(stored) => <Form key={stored.client_id} stored={stored} mayWrite={mayWrite} isOn={isOn} />}</Loaded>
    </Panel>
  );
}

interface FormProps {
  stored: GoogleClient;
  mayWrite: boolean;
  isOn: boolean;
}

function kept({ client_secret: secret }: GoogleClient): string | undefined {
  if (!secret.set) return undefined;
  return secret.last4 ? t('access.security.secretKept', { last4: secret.last4 }) : t('access.security.secretKeptShort');
}

function Form({ stored, mayWrite, isOn }: FormProps) {
  const client = useQueryClient();
  const [clientId, setClientId] = useState(stored.client_id ?? '');
  const [secret, setSecret] = useState('');
  const save = useMutation({
    mutationFn: () => confirmed(() => answer(api.PUT('/api/v1/security/google', { body: { client_id: clientId.trim(), ...(secret ? { client_secret: secret } : {}) } }))),
    onSuccess: (next) => {
      showAnswer(client, googleQuery.queryKey, next);
      setSecret('');
      toast({ tone: 'good', title: t('access.security.saved') });
    },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, ['client_id', 'client_secret', 'google_client_secret']);
  const isDirty = clientId.trim() !== (stored.client_id ?? '') || secret !== '';
  return (
    <form onSubmit={handleSubmit}>
      <p className={classes.steps}>{t('access.security.googleSteps')}</p>
      <div className={classes.address}><CopyText text={stored.redirect_uri} label={t('access.security.redirect')} /></div>
      <Fields>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <TextField label={t('access.security.clientId')} disabled={!mayWrite} autoComplete="off" spellCheck={false} value={clientId} error={fieldProblem(save.error, 'client_id')} onChange={(event) => { setClientId(event.currentTarget.value); }} />
        <SecretField label={t('access.security.clientSecret')} description={kept(stored)} disabled={!mayWrite} value={secret} error={fieldProblem(save.error, 'google_client_secret')} onChange={(event) => { setSecret(event.currentTarget.value); }} />
      </Fields>
      {mayWrite ? (
        <div className={classes.foot}>
          <Button type="submit" disabled={!isDirty || !clientId.trim()} loading={save.isPending}>{t('access.security.googleSave')}</Button>
          {isOn ? <TurnOff /> : null}
        </div>
      ) : null}
    </form>
  );
}

function TurnOff() {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const forget = useMutation({
    mutationFn: () => confirmed(() => api.DELETE('/api/v1/security/google')),
    onSuccess: async () => {
      setAsking(false);
      toast({ tone: 'good', title: t('access.security.googleForgotten') });
      await client.invalidateQueries(googleQuery);
    },
  });
  return (
    <>
      <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('access.security.googleForget')}</Button>
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.security.googleForgetTitle')} confirm={t('access.security.googleForget')} onConfirm={() => { forget.mutate(); }} busy={forget.isPending} error={isUnconfirmed(forget.error) ? null : forget.error}>
        {t('access.security.googleForgetHelp')}
      </AskFirst>
    </>
  );
}

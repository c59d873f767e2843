import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import type { Mail } from '@/api/types';
import { Button } from '@/design/Button';
import { ChoiceField, Fields, TextField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { typedSince } from '@/lib/typed';
import { Emails } from './Emails';
import { ResendFields, SmtpFields } from './MailFields';
import { type MailDraft, mailQuery, useSaveMail, useTestMail } from './queries';
import classes from './Alerts.module.css';

const PROVIDERS = ['off', 'smtp', 'resend'] as const;
const FIELDS = ['provider', 'from_name', 'from_address', 'host', 'port', 'security', 'username', 'password', 'resend_key'];

export function MailPage() {
  const mail = useQuery(mailQuery);
  return (
    <Page>
      <PageHeader title={t('alerts.mail.title')} help={t('alerts.mail.help')} />
      <Loaded query={mail}>{(stored) => <MailForm stored={stored} />}</Loaded>
      <Emails />
    </Page>
  );
}

interface MailFormProps {
  stored: Mail;
}

function MailForm({ stored }: MailFormProps) {
  const mayWrite = useMay('integrations.write');
  const mayTest = useMay('integrations.test');
  const [draft, setDraft] = useState<MailDraft>({});
  const save = useSaveMail();
  const test = useTestMail();
  const provider = draft.provider ?? stored.provider;
  const changed = Object.keys(draft).length > 0;
  const change = (part: MailDraft) => { setDraft((before) => ({ ...before, ...part })); };
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, FIELDS);
  const error = (name: string) => fieldProblem(save.error, name);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: () => { setDraft((now) => typedSince(now, draft)); toast({ tone: 'good', title: t('alerts.mail.saved') }); } });
  };
  const shared = { stored, draft, change, error, disabled: !mayWrite };
  return (
    <form onSubmit={handleSubmit}>
      <Panel>
        {mayWrite ? null : <Notice tone="info" title={t('alerts.mail.readOnly')} />}
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <ChoiceField label={t('alerts.mail.provider')} description={t('alerts.mail.providerHelp')} disabled={!mayWrite} data={PROVIDERS.map((value) => ({ value, label: t(`alerts.mail.providers.${value}`) }))} value={provider} error={error('provider')} onChange={(value) => { change({ provider: PROVIDERS.find((one) => one === value) ?? 'off' }); }} />
          {provider === 'off' ? null : (
            <>
              <TextField label={t('alerts.mail.fromAddress')} description={t('alerts.mail.fromAddressHelp')} type="email" autoComplete="off" disabled={!mayWrite} value={draft.from_address ?? stored.from_address} error={error('from_address')} onChange={(event) => { change({ from_address: event.currentTarget.value }); }} />
              <TextField label={t('alerts.mail.fromName')} autoComplete="off" disabled={!mayWrite} value={draft.from_name ?? stored.from_name} error={error('from_name')} onChange={(event) => { change({ from_name: event.currentTarget.value }); }} />
            </>
          )}
          {provider === 'smtp' ? <SmtpFields {...shared} /> : null}
          {provider === 'resend' ? <ResendFields {...shared} /> : null}
        </Fields>
        <div className={classes.foot}>
          {mayWrite ? <Button type="submit" disabled={!changed} loading={save.isPending}>{t('common.save')}</Button> : null}
          {changed ? <Button kind="quiet" onClick={() => { setDraft({}); save.reset(); }}>{t('common.discard')}</Button> : null}
          {!changed && mayTest && stored.is_set_up ? <Button kind="quiet" loading={test.isPending} onClick={() => { test.mutate(); }}>{t('alerts.mail.test')}</Button> : null}
        </div>
      </Panel>
    </form>
  );
}

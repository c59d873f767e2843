import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { keep, sessionQuery } from '@/api/session';
import { Button } from '@/design/Button';
import { ChoiceField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { PasswordField } from '@/design/PasswordField';
import { setTimeZone } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { isAcceptable, strengthOf } from '@/lib/passwords';
import { fieldProblem, formProblem } from '@/lib/problems';
import { timeZones } from '@/lib/time-zones';
import { Closed } from './Closed';
import { StepHead } from './StepHead';
import { WizardFrame } from './WizardFrame';
import classes from './Setup.module.css';

const FIELDS = ['name', 'email', 'password', 'business_name', 'time_zone'] as const;

interface OwnerStepProps {
  token: string;
}

/** Step one: who owns this box, and what the business is called. A mistake leaves the link usable. */
export function OwnerStep({ token }: OwnerStepProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [owner, setOwner] = useState({ name: '', email: '', password: '', business_name: '', time_zone: 'Asia/Kolkata' });
  const create = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/setup/owner', { body: { token, ...owner, email: owner.email.trim() } })),
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, keep(session));
      if (session.business) setTimeZone(session.business.time_zone);
      // The link is used up: it must not stay in the address or in the way back.
      await navigate({ to: '/setup', search: {}, replace: true });
    },
  });
  const problem = formProblem(create.error, FIELDS);
  if (problem?.field === 'token') return <Closed why="linkOver" />;
  if (problem?.code === 'already_set_up') return <Closed why="owned" />;
  const about = [owner.name, owner.email.split('@')[0] ?? '', owner.business_name];
  const field = (name: Exclude<(typeof FIELDS)[number], 'password' | 'time_zone'>) => ({
    value: owner[name],
    required: true,
    error: fieldProblem(create.error, name),
    onChange: (event: { currentTarget: { value: string } }) => { setOwner({ ...owner, [name]: event.currentTarget.value }); },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <WizardFrame step="owner">
      <StepHead title={t('setup.owner.title')} help={t('setup.owner.help')} />
      <form onSubmit={handleSubmit} className={classes.owner}>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <section aria-label={t('setup.owner.you')}>
          <h2>{t('setup.owner.you')}</h2>
          <TextField label={t('setup.owner.name')} description={t('setup.owner.nameHelp')} autoComplete="name" autoFocus {...field('name')} />
          <TextField label={t('setup.owner.email')} description={t('setup.owner.emailHelp')} type="email" inputMode="email" autoComplete="username" {...field('email')} />
          <PasswordField label={t('setup.owner.password')} value={owner.password} about={about} error={fieldProblem(create.error, 'password')} onChange={(password) => { setOwner({ ...owner, password }); }} />
        </section>
        <section aria-label={t('setup.owner.business')}>
          <h2>{t('setup.owner.business')}</h2>
          <TextField label={t('setup.owner.businessName')} autoComplete="organization" {...field('business_name')} />
          <ChoiceField
            label={t('setup.owner.timeZone')}
            description={t('setup.owner.timeZoneHelp')}
            searchable
            limit={80}
            nothingFoundMessage={t('setup.owner.zoneNone')}
            data={timeZones()}
            value={owner.time_zone}
            error={fieldProblem(create.error, 'time_zone')}
            onChange={(zone) => { if (zone !== null) setOwner({ ...owner, time_zone: String(zone) }); }}
          />
        </section>
        <footer className={classes.foot}>
          <Button type="submit" size="sm" loading={create.isPending} disabled={!isAcceptable(strengthOf(owner.password, about))}>{t('setup.owner.submit')}</Button>
        </footer>
      </form>
    </WizardFrame>
  );
}

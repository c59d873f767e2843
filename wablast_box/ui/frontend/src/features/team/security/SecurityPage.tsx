import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { confirmed, isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import type { Setting } from '@/api/types';
import { showAnswer } from '@/asking';
import { ChoiceField, SwitchField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { settingsQuery } from '@/features/settings/queries';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { GoogleClientForm } from './GoogleClientForm';
import classes from './Security.module.css';

/** Who must prove how much, and what agents get to see. Each choice holds at once. */
export function SecurityPage() {
  const settings = useQuery(settingsQuery);
  const mayWrite = useMay('security.write');
  return (
    <Page>
      <PageHeader title={t('access.security.title')} help={t('access.security.help')} />
      {mayWrite ? null : <Notice tone="info" title={t('access.security.readOnly')} />}
      <Loaded query={settings}>
        {(all) => (
          <>
            <Panel title={t('access.security.signInTitle')}>
              <Choice setting={all.find((one) => one.name === 'second_factor_for')} mayWrite={mayWrite} />
            </Panel>
            <Panel title={t('access.security.seeTitle')}>
              <Choice setting={all.find((one) => one.name === 'agent_scope')} mayWrite={mayWrite} />
              <Choice setting={all.find((one) => one.name === 'agents_see_masked_numbers')} mayWrite={mayWrite} />
            </Panel>
          </>
        )}
      </Loaded>
      <GoogleClientForm mayWrite={mayWrite} />
    </Page>
  );
}

function useSaveOne() {
  const client = useQueryClient();
  return useMutation({
    // One after the other: side by side, the answer to an older choice could be the last to come.
    scope: { id: 'settings' },
    mutationFn: (change: Record<string, unknown>) => confirmed(() => answer(api.PATCH('/api/v1/settings', { body: change }))),
    onSuccess: ({ items }) => {
      showAnswer(client, settingsQuery.queryKey, items);
      toast({ tone: 'good', title: t('access.security.saved'), key: 'security' });
    },
    onError: (error) => { if (!isUnconfirmed(error)) toastError(error); },
  });
}

interface ChoiceProps {
  setting: Setting | undefined;
  mayWrite: boolean;
}

const WORDS = ['nobody', 'owners', 'owners_and_admins', 'everybody', 'all', 'own_and_free', 'own'] as const;

function labelOf(choice: string): string {
  const known = WORDS.find((one) => one === choice);
  return known ? t(`access.security.choices.${known}`) : choice;
}

function Choice({ setting, mayWrite }: ChoiceProps) {
  const save = useSaveOne();
  if (!setting) return null;
  const value = save.isPending ? save.variables[setting.name] : setting.value;
  const shared = { id: setting.name, disabled: !mayWrite || save.isPending, 'aria-describedby': `${setting.name}-help` };
  const handleChange = (next: unknown) => { save.mutate({ [setting.name]: next }); };
  return (
    <div className={classes.row}>
      <div>
        <label htmlFor={setting.name}>{setting.label}</label>
        <p id={`${setting.name}-help`}>{setting.help}</p>
      </div>
      {setting.type === 'switch'
        ? <SwitchField {...shared} checked={value === true} onChange={(event) => { handleChange(event.currentTarget.checked); }} />
        : <ChoiceField {...shared} data={(setting.choices ?? []).map((one) => ({ value: one, label: labelOf(one) }))} value={typeof value === 'string' ? value : null} onChange={handleChange} />}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { confirmed, isUnconfirmed } from '@/api/confirm';
import { sessionQuery, useMay } from '@/api/session';
import type { Setting } from '@/api/types';
import { showAnswer } from '@/asking';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { setTimeZone } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { typedSince } from '@/lib/typed';
import { changesIn, type Draft, valueOf } from './changes';
import { SettingControl } from './SettingControl';
import { settingsQuery } from './queries';
import classes from './Settings.module.css';

// These have a page of their own, with more to say.
const ELSEWHERE: ReadonlySet<string> = new Set(['agent_scope', 'agents_see_masked_numbers', 'second_factor_for', 'ai_cap_rupees', 'ai_cap_tokens']);

/** Drawn from what the box says of its settings: a new setting needs nothing here. */
export function BusinessPage() {
  const settings = useQuery(settingsQuery);
  return (
    <Page>
      <PageHeader title={t('settings.business.title')} help={t('settings.business.help')} />
      <Loaded query={settings}>
        {(all) => (all.length ? <SettingsForm settings={all.filter((one) => !ELSEWHERE.has(one.name))} /> : <EmptyState title={t('settings.business.none')} />)}
      </Loaded>
    </Page>
  );
}

function useSave(onSaved: (sent: Draft) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Draft) => confirmed(() => answer(api.PATCH('/api/v1/settings', { body: changes }))),
    onSuccess: async ({ items }, sent) => {
      showAnswer(client, settingsQuery.queryKey, items);
      onSaved(sent);
      toast({ tone: 'good', title: t('settings.business.saved') });
      const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      if (session.business) setTimeZone(session.business.time_zone);
    },
  });
}

interface SettingsFormProps {
  settings: Setting[];
}

function SettingsForm({ settings }: SettingsFormProps) {
  const mayWrite = useMay('settings.write');
  const [draft, setDraft] = useState<Draft>({});
  const changes = changesIn(settings, draft);
  const count = Object.keys(changes).length;
  const save = useSave((sent) => { setDraft((now) => typedSince(now, sent)); });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (count === 0) return;
    setDraft(changes);
    save.mutate(changes);
  };
  const handleDiscard = () => {
    setDraft({});
    save.reset();
  };
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, settings.map((one) => one.name));
  return (
    <form onSubmit={handleSubmit}>
      {mayWrite ? null : <Notice tone="info" title={t('settings.business.readOnly')} />}
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      <div className={classes.rows}>
        {settings.map((setting) => (
          <div key={setting.name} className={classes.row} data-changed={setting.name in changes ? true : undefined}>
            <div className={classes.words}>
              <label htmlFor={setting.name}>{setting.label}</label>
              {setting.help ? <p id={`${setting.name}-help`}>{setting.help}</p> : null}
            </div>
            <div className={classes.control}>
              <SettingControl
                setting={setting}
                value={valueOf(setting, draft)}
                disabled={!mayWrite}
                error={fieldProblem(save.error, setting.name)}
                onChange={(value) => { setDraft({ ...draft, [setting.name]: value }); }}
              />
            </div>
          </div>
        ))}
      </div>
      {count > 0 ? (
        <div className={classes.saveBar}>
          <p role="status">{plural('settings.business.unsaved', count)}</p>
          <Button kind="quiet" onClick={handleDiscard}>{t('common.discard')}</Button>
          <Button type="submit" loading={save.isPending}>{t('common.save')}</Button>
        </div>
      ) : null}
    </form>
  );
}

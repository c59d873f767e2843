import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import type { Storage } from '@/api/types';
import { Button } from '@/design/Button';
import { ChoiceField, Fields } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { typedSince } from '@/lib/typed';
import { BucketFields } from './BucketFields';
import { FilesPart } from './FilesPart';
import { type StorageDraft, storageQuery, useCheckBucket, useSaveStorage } from './queries';
import classes from './Storage.module.css';

const PLACES = ['disk', 's3'] as const;
const FIELDS = ['place', 'endpoint', 'region', 'bucket', 'prefix', 'key_id', 'secret_key', 'path_style', 'near'];

export function StoragePage() {
  const storage = useQuery(storageQuery);
  return (
    <Page>
      <PageHeader title={t('storage.title')} help={t('storage.help')} />
      <Loaded query={storage}>
        {(stored) => (
          <>
            <StorageForm stored={stored} />
            <FilesPart stored={stored} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface StorageFormProps {
  stored: Storage;
}

function StorageForm({ stored }: StorageFormProps) {
  const mayWrite = useMay('integrations.write');
  const [draft, setDraft] = useState<StorageDraft>({});
  const save = useSaveStorage();
  const place = draft.place ?? stored.place;
  const changed = Object.keys(draft).length > 0;
  const change = (part: StorageDraft) => { setDraft((before) => ({ ...before, ...part })); };
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, FIELDS);
  const error = (name: string) => fieldProblem(save.error, name);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: () => { setDraft((now) => typedSince(now, draft)); toast({ tone: 'good', title: t('storage.saved') }); } });
  };
  return (
    <form onSubmit={handleSubmit}>
      <Panel>
        {mayWrite ? null : <Notice tone="info" title={t('storage.readOnly')} />}
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <ChoiceField label={t('storage.place')} description={t(`storage.placeHelps.${place}`)} disabled={!mayWrite} data={PLACES.map((value) => ({ value, label: t(`storage.places.${value}`) }))} value={place} error={error('place')} onChange={(value) => { change({ place: PLACES.find((one) => one === value) ?? 'disk' }); }} />
          {place === 's3' || stored.bucket ? <BucketFields stored={stored} draft={draft} change={change} error={error} disabled={!mayWrite} /> : null}
        </Fields>
        <div className={classes.foot}>
          {mayWrite ? <Button type="submit" disabled={!changed} loading={save.isPending}>{t('common.save')}</Button> : null}
          {changed ? <Button kind="quiet" onClick={() => { setDraft({}); save.reset(); }}>{t('common.discard')}</Button> : <TryBucket stored={stored} />}
        </div>
      </Panel>
    </form>
  );
}

function TryBucket({ stored }: StorageFormProps) {
  const mayTest = useMay('integrations.test');
  const check = useCheckBucket();
  if (!mayTest || !stored.bucket || !stored.secret_key.set) return null;
  return (
    <>
      <Button kind="quiet" loading={check.isPending} onClick={() => { check.mutate(); }}>{t('storage.check')}</Button>
      {check.data ? <div className={classes.verdict}><Notice tone={check.data.ok ? 'good' : 'bad'} title={check.data.problem ?? t('storage.works')}>{check.data.help}</Notice></div> : null}
    </>
  );
}

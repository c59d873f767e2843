import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMay } from '@/api/session';
import type { BusinessProfile } from '@/api/types';
import { Button } from '@/design/Button';
import { ChoiceField, Fields, LongTextField, TextField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { typedSince } from '@/lib/typed';
import { number } from '@/texts/en/number';
import { PhotoPart } from './PhotoPart';
import { changesIn, LIMITS, VERTICALS, withWebsite } from './profile';
import { type ProfileChange, profileQuery, useChangeProfile } from './queries';
import classes from './Number.module.css';

const FIELDS = ['about', 'description', 'address', 'email', 'websites', 'vertical'];

/** What customers see when they tap the business's name. */
export function ProfilePage() {
  const profile = useQuery(profileQuery);
  const mayWrite = useMay('settings.write');
  return (
    <Page>
      <PageHeader title={t('number.profile.title')} help={t('number.profile.help')} />
      <Loaded query={profile}>
        {(found) => (
          <>
            {mayWrite ? null : <Notice tone="info" title={t('number.profile.readOnly')} />}
            <PhotoPart hasPhoto={found.has_photo} mayWrite={mayWrite} />
            <ProfileForm stored={found} mayWrite={mayWrite} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ProfileFormProps {
  stored: BusinessProfile;
  mayWrite: boolean;
}

function ProfileForm({ stored, mayWrite }: ProfileFormProps) {
  const [draft, setDraft] = useState<ProfileChange>({});
  const save = useChangeProfile();
  const shown = { ...stored, ...draft };
  const changes = changesIn(stored, draft);
  const hasChanges = Object.keys(changes).length > 0;
  const change = (part: ProfileChange) => { setDraft((before) => ({ ...before, ...part })); };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (hasChanges) save.mutate(changes, { onSuccess: () => { setDraft((now) => typedSince(now, draft)); toast({ tone: 'good', title: t('number.profile.saved') }); } });
  };
  const problem = formProblem(save.error, FIELDS);
  const field = (name: 'about' | 'description' | 'address' | 'email') => ({
    label: t(`number.profile.${name}`), value: shown[name], maxLength: LIMITS[name], disabled: !mayWrite, dir: 'auto' as const, error: fieldProblem(save.error, name),
    rightSection: mayWrite && shown[name].length > LIMITS[name] - 40 ? <small>{LIMITS[name] - shown[name].length}</small> : null,
    onChange: (event: { currentTarget: { value: string } }) => { change({ [name]: event.currentTarget.value }); },
  });
  const website = (at: 0 | 1) => ({
    label: t(at === 0 ? 'number.profile.website' : 'number.profile.secondWebsite'), type: 'url', value: shown.websites[at] ?? '', maxLength: 256, disabled: !mayWrite, placeholder: t('number.profile.websiteExample'),
    error: at === 0 ? fieldProblem(save.error, 'websites') : undefined,
    onChange: (event: { currentTarget: { value: string } }) => { change({ websites: withWebsite(shown.websites, at, event.currentTarget.value) }); },
  });
  return (
    <form onSubmit={handleSubmit} noValidate>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      <Fields>
        <TextField {...field('about')} description={t('number.profile.aboutHelp')} />
        <LongTextField {...field('description')} />
        <LongTextField {...field('address')} />
        <TextField {...field('email')} type="email" />
        <div className={classes.pair}>
          <TextField {...website(0)} />
          <TextField {...website(1)} />
        </div>
        <ChoiceField label={t('number.profile.vertical')} placeholder={t('number.profile.noVertical')} disabled={!mayWrite} searchable data={VERTICALS.map((value) => ({ value, label: number.profile.verticals[value] }))} value={shown.vertical || null} error={fieldProblem(save.error, 'vertical')} onChange={(value) => { if (value !== null) change({ vertical: String(value) }); }} />
      </Fields>
      {mayWrite ? (
        <div className={classes.buttons}>
          <Button type="submit" disabled={!hasChanges} loading={save.isPending}>{t('common.save')}</Button>
          {hasChanges ? <Button kind="quiet" onClick={() => { setDraft({}); save.reset(); }}>{t('common.discard')}</Button> : null}
        </div>
      ) : null}
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useSession } from '@/api/session';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { IconBrandGoogle } from '@/design/icons';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { fieldProblem } from '@/lib/problems';
import { toast, toastError } from '@/lib/toasts';
import classes from './Account.module.css';
import { ownSecurityQuery, useLinkGoogle, useRename, useUnlinkGoogle } from './queries';

interface ProfileProps {
  name: string;
}

export function Profile({ name: known }: ProfileProps) {
  const [name, setName] = useState(known);
  const rename = useRename();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate(name, { onSuccess: () => { toast({ tone: 'good', title: t('access.profile.saved') }); } });
  };
  return (
    <Panel title={t('access.profile.title')}>
      <form onSubmit={handleSubmit}>
        <Fields>
          <TextField label={t('access.profile.name')} description={t('access.profile.nameHelp')} autoComplete="name" required value={name} error={fieldProblem(rename.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          {name.trim() && name.trim() !== known ? <div><Button type="submit" loading={rename.isPending}>{t('access.profile.save')}</Button></div> : null}
        </Fields>
      </form>
    </Panel>
  );
}

/** Shown where the box can, or somebody has. */
export function GoogleAccount() {
  const { google } = useSession();
  const security = useQuery(ownSecurityQuery);
  const link = useLinkGoogle();
  const unlink = useUnlinkGoogle();
  const email = security.data?.google_email;
  if (!google && !email) return null;
  const tell = (error: unknown) => { if (!isUnconfirmed(error)) toastError(error); };
  const handleUnlink = () => { unlink.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('access.google.unlinked') }); }, onError: tell }); };
  return (
    <Panel>
      <ul className={classes.factors}>
        <li className={classes.factor} data-on={email ? true : undefined}>
          <IconBrandGoogle size={20} stroke={1.5} aria-hidden />
          <div>
            <strong>{t('access.google.title')}</strong>
            <p>{email ? t('access.google.linked', { email }) : t('access.google.help')}</p>
          </div>
          {email
            ? <Button kind="quiet" loading={unlink.isPending} onClick={handleUnlink}>{t('access.google.unlink')}</Button>
            : <Button kind="quiet" loading={link.isPending} onClick={() => { link.mutate(undefined, { onError: tell }); }}>{t('access.google.link')}</Button>}
        </li>
      </ul>
    </Panel>
  );
}

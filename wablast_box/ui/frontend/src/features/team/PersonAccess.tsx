import { useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { User } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { useChangePerson } from './queries';
import classes from './Team.module.css';

interface PersonAccessProps {
  user: User;
}

/** Disabling asks first, because every window of that person closes; enabling does not. */
export function PersonAccess({ user }: PersonAccessProps) {
  const [asking, setAsking] = useState(false);
  const change = useChangePerson(user.id);
  const set = (disabled: boolean) => {
    change.mutate({ disabled }, {
      onSuccess: () => { setAsking(false); },
      onError: (error) => { if (!disabled && !isUnconfirmed(error)) toastError(error); },
    });
  };
  const error = isUnconfirmed(change.error) ? null : change.error;
  return (
    <section className={classes.part}>
      <h3>{t('team.people.access')}</h3>
      <p>{user.disabled_at ? t('team.people.enableExplain', { name: user.name, when: dateOf(user.disabled_at) }) : t('team.people.disableExplain', { name: user.name })}</p>
      {user.disabled_at
        ? <Button kind="quiet" loading={change.isPending} onClick={() => { set(false); }}>{t('team.people.enable')}</Button>
        : <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('team.people.disable')}</Button>}
      <AskFirst
        opened={asking}
        onClose={() => { setAsking(false); }}
        title={t('team.people.disableTitle', { name: user.name })}
        confirm={t('team.people.disable')}
        onConfirm={() => { set(true); }}
        busy={change.isPending}
        error={error}
      >
        {t('team.people.disableHelp', { name: user.name })}
      </AskFirst>
    </section>
  );
}

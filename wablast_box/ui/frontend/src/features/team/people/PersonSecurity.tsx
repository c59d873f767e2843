import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import type { User } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Loaded } from '@/design/Loaded';
import { SkeletonLines } from '@/design/Skeletons';
import { ago } from '@/lib/ago';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { toast, toastError } from '@/lib/toasts';
import { deviceName } from '@/lib/user-agent';
import classes from '../Team.module.css';
import { sessionsOfQuery, useEndSessionsOf, useHandOver, useResetFactor } from './queries';

interface PersonProps {
  user: User;
}

const tell = (error: unknown) => { if (!isUnconfirmed(error)) toastError(error); };

/** Where somebody is signed in; each can be ended, and its windows close at once. */
export function PersonSessions({ user }: PersonProps) {
  const sessions = useQuery(sessionsOfQuery(user.id));
  const end = useEndSessionsOf(user.id);
  const now = useNow();
  const handleAll = () => { end.mutate(null, { onSuccess: () => { toast({ tone: 'good', title: t('access.people.endedAll', { name: user.name }) }); }, onError: tell }); };
  return (
    <section className={classes.part}>
      <h3>{t('access.people.sessions')}</h3>
      <Loaded query={sessions} skeleton={<SkeletonLines rows={2} />}>
        {(all) => (all.length === 0 ? <p>{t('access.people.sessionsNone', { name: user.name })}</p> : (
          <>
            <ul className={classes.places}>
              {all.map((one) => {
                const device = deviceName(one.user_agent);
                return (
                  <li key={one.id}>
                    <span>{device} <small>{[one.ip, one.last_seen_at ? ago(one.last_seen_at, now) : null].filter(Boolean).join(' · ')}</small></span>
                    <Button kind="link" aria-label={t('team.account.endLabel', { device })} onClick={() => { end.mutate(one.id, { onError: tell }); }}>{t('team.account.end')}</Button>
                  </li>
                );
              })}
            </ul>
            {all.length > 1 ? <Button kind="quiet" loading={end.isPending} onClick={handleAll}>{t('access.people.endAll')}</Button> : null}
          </>
        ))}
      </Loaded>
    </section>
  );
}

/** Phone and recovery codes lost: only an owner helps, and never themselves. */
export function PersonFactor({ user }: PersonProps) {
  const mayReset = useMay('security.write');
  const [asking, setAsking] = useState(false);
  const reset = useResetFactor(user.id);
  if (!user.has_second_factor || !mayReset) return null;
  const handleReset = () => {
    reset.mutate(undefined, { onSuccess: () => { setAsking(false); toast({ tone: 'good', title: t('access.people.resetDone', { name: user.name }) }); } });
  };
  return (
    <section className={classes.part}>
      <h3>{t('access.people.factor')}</h3>
      <p>{t('access.people.resetExplain', { name: user.name })}</p>
      <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('access.people.reset')}</Button>
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.people.resetTitle', { name: user.name })} confirm={t('access.people.reset')} onConfirm={handleReset} busy={reset.isPending} error={isUnconfirmed(reset.error) ? null : reset.error}>
        {t('access.people.resetHelp', { name: user.name })}
      </AskFirst>
    </section>
  );
}

/** Somebody else becomes owner, and one oneself admin, in the same instant. */
export function HandOver({ user }: PersonProps) {
  const mayHand = useMay('security.write');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const hand = useHandOver(user.id);
  if (!mayHand || user.role === 'OWNER' || user.disabled_at || !user.has_joined) return null;
  const handleHand = () => {
    hand.mutate(undefined, {
      onSuccess: () => {
        client.clear();
        // Both have another role now and sign in again.
        window.location.assign('/signin');
      },
    });
  };
  return (
    <section className={classes.part}>
      <h3>{t('access.people.owner')}</h3>
      <p>{t('access.people.ownerExplain', { name: user.name })}</p>
      <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('access.people.owner')}</Button>
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.people.ownerTitle', { name: user.name })} confirm={t('access.people.ownerSubmit')} onConfirm={handleHand} busy={hand.isPending} error={isUnconfirmed(hand.error) ? null : hand.error}>
        {t('access.people.ownerHelp', { name: user.name })}
      </AskFirst>
    </section>
  );
}

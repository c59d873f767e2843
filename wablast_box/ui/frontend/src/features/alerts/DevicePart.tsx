import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { useState } from 'react';
import { Button } from '@/design/Button';
import { SwitchField } from '@/design/Field';
import { IconBell, IconBellOff } from '@/design/icons';
import { Panel } from '@/design/Panel';
import { play } from '@/lib/chime';
import { deviceId, isSoundOn, setSound } from '@/lib/device-alerts';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { type PushState, pushState, turnOff, turnOn } from '@/shell/alerts/device';
import { devicesQuery } from './queries';
import classes from './Alerts.module.css';

const stateQuery = { queryKey: ['push-state'], queryFn: pushState, staleTime: 0, retry: false };

/** This browser: may it call when no window is open, and does it make a sound. */
export function DevicePart() {
  const { data: state } = useQuery(stateQuery);
  return (
    <Panel title={t('alerts.device.title')}>
      {state === undefined ? <div className={classes.state} aria-busy /> : <PushLine state={state} />}
      <SoundLine />
    </Panel>
  );
}

interface PushLineProps {
  state: PushState;
}

function PushLine({ state }: PushLineProps) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => (state === 'on' ? turnOff() : turnOn()),
    onSuccess: (next) => { client.setQueryData(stateQuery.queryKey, next); },
    onError: () => { toast({ tone: 'bad', title: t('alerts.device.broken'), help: t('alerts.device.brokenHelp') }); },
    onSettled: () => client.invalidateQueries(devicesQuery),
  });
  const test = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/me/devices/{id}/test', { params: { path: { id: deviceId() ?? '0' } } })),
    onSuccess: () => { toast({ tone: 'good', title: t('alerts.device.tested'), help: t('alerts.device.testedHelp') }); },
    onError: toastError,
  });
  const Icon = state === 'on' ? IconBell : IconBellOff;
  return (
    <div className={classes.state} data-state={state} role="status">
      <Icon size={20} stroke={1.6} aria-hidden />
      <div>
        <strong>{t(`alerts.device.states.${state}`)}</strong>
        <p>{t(`alerts.device.helps.${state}`)}</p>
      </div>
      {state === 'on' || state === 'off' ? (
        <div className={classes.buttons}>
          {state === 'on' ? <Button kind="quiet" loading={test.isPending} onClick={() => { test.mutate(); }}>{t('alerts.device.test')}</Button> : null}
          <Button kind={state === 'on' ? 'quiet' : 'primary'} loading={change.isPending} onClick={() => { change.mutate(); }}>{state === 'on' ? t('alerts.device.turnOff') : t('alerts.device.turnOn')}</Button>
        </div>
      ) : null}
    </div>
  );
}

function SoundLine() {
  const [on, setOn] = useState(isSoundOn);
  const handleChange = (next: boolean) => {
    setSound(next);
    setOn(next);
    if (next) play();
  };
  return (
    <div className={classes.sound}>
      <SwitchField label={t('alerts.device.sound')} description={t('alerts.device.soundHelp')} checked={on} onChange={(event) => { handleChange(event.currentTarget.checked); }} />
      <Button kind="link" onClick={play}>{t('alerts.device.listen')}</Button>
    </div>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Device } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconDeviceDesktop, IconDeviceMobile } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Panel } from '@/design/Panel';
import { dateOf } from '@/lib/dates';
import { deviceId } from '@/lib/device-alerts';
import { deviceName, isHandheld } from '@/lib/user-agent';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { turnOff } from '@/shell/alerts/device';
import { devicesQuery, useRevokeDevice } from './queries';
import classes from './Alerts.module.css';

/** Every browser of this person that is told something. A lost phone is taken off here. */
export function Devices() {
  const devices = useQuery(devicesQuery);
  return (
    <Panel title={t('alerts.devices.title')} help={t('alerts.devices.help')}>
      <Loaded query={devices}>
        {(all) => (all.length === 0 ? <p className={classes.hint}>{t('alerts.devices.none')}</p> : (
          <ul className={classes.list}>{all.map((one) => <DeviceRow key={one.id} device={one} />)}</ul>
        ))}
      </Loaded>
    </Panel>
  );
}

interface DeviceRowProps {
  device: Device;
}

function DeviceRow({ device }: DeviceRowProps) {
  const client = useQueryClient();
  const revoke = useRevokeDevice();
  const name = deviceName(device.user_agent);
  const isThis = device.id === deviceId();
  const Icon = isHandheld(device.user_agent) ? IconDeviceMobile : IconDeviceDesktop;
  const handleRevoke = () => {
    const done = () => { toast({ tone: 'good', title: t('alerts.devices.revoked', { device: name }) }); };
    if (isThis) void turnOff().then((state) => { client.setQueryData(['push-state'], state); void client.invalidateQueries(devicesQuery); done(); }, toastError);
    else revoke.mutate(device.id, { onSuccess: done, onError: toastError });
  };
  return (
    <li className={classes.row}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <div>
        <strong>{name}{isThis ? <Badge tone="good">{t('alerts.devices.this')}</Badge> : null}</strong>
        <p>{device.used_at ? <>{t('alerts.devices.used')} <Ago at={device.used_at} /> · </> : null}{t('alerts.devices.since', { when: dateOf(device.created_at) })}</p>
      </div>
      <Button kind="quiet" loading={revoke.isPending} aria-label={t('alerts.devices.revokeLabel', { device: name })} onClick={handleRevoke}>{t('alerts.devices.revoke')}</Button>
    </li>
  );
}

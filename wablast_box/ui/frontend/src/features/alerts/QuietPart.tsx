import { useSession } from '@/api/session';
import { SwitchField, TextField } from '@/design/Field';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import type { PartProps } from './AlertsPage';
import { useChangeAlerts } from './queries';
import { asMinute, asTime } from './times';
import classes from './Alerts.module.css';

const EVENING = 21 * 60;
const MORNING = 8 * 60;

export function QuietPart({ wants }: PartProps) {
  const change = useChangeAlerts();
  const zone = useSession().business?.time_zone ?? '';
  const { quiet_from_min: from, quiet_until_min: until } = wants;
  const on = from !== null && until !== null;
  const handleSwitch = (next: boolean) => { change.mutate(next ? { quiet_from_min: EVENING, quiet_until_min: MORNING } : { quiet_from_min: null, quiet_until_min: null }); };
  const handleTime = (name: 'quiet_from_min' | 'quiet_until_min', text: string) => {
    const minute = asMinute(text);
    if (minute !== null) change.mutate({ [name]: minute });
  };
  return (
    <Panel title={t('alerts.quiet.title')} help={t('alerts.quiet.help')}>
      <SwitchField label={t('alerts.quiet.switch')} checked={on} onChange={(event) => { handleSwitch(event.currentTarget.checked); }} />
      {on ? (
        <>
          <div className={classes.times}>
            <TextField type="time" label={t('alerts.quiet.from')} value={asTime(from)} onChange={(event) => { handleTime('quiet_from_min', event.currentTarget.value); }} />
            <TextField type="time" label={t('alerts.quiet.until')} value={asTime(until)} onChange={(event) => { handleTime('quiet_until_min', event.currentTarget.value); }} />
          </div>
          <p className={classes.hint}>{t('alerts.quiet.zone', { zone })}</p>
        </>
      ) : null}
    </Panel>
  );
}

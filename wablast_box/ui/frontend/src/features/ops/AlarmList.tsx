import type { Alarm } from '@/api/types';
import { Badge, type Tone } from '@/design/Badge';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import classes from './Ops.module.css';

const RANK = { critical: 0, warning: 1, info: 2 };
const TONES: Record<Alarm['severity'], Tone> = { critical: 'bad', warning: 'warn', info: 'plain' };

interface AlarmListProps {
  alarms: readonly Alarm[];
}

/** What needs a person, worst first: what happened, what to do, where. */
export function AlarmList({ alarms }: AlarmListProps) {
  return (
    <ul className={classes.alarms}>
      {alarms.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]).map((alarm) => (
        <li key={alarm.id}>
          <Badge tone={TONES[alarm.severity]}>{t(`ops.status.severity.${alarm.severity}`)}</Badge>
          <div>
            <strong>{alarm.title}</strong>
            <p>{alarm.advice}</p>
            <span>{t('ops.status.since', { when: stampOf(alarm.raised_at) })}</span>
          </div>
          {alarm.action_url ? <a href={alarm.action_url}>{t('ops.status.fix')}</a> : null}
        </li>
      ))}
    </ul>
  );
}

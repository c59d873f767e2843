import { useQuery } from '@tanstack/react-query';
import { Notice } from '@/design/Notice';
import { isAboutNumber } from './meta-words';
import { numberAlarmsQuery } from './queries';
import classes from './Number.module.css';

/** What the owner must do about the number, before everything else on its page. */
export function NumberAlarms() {
  const { data = [] } = useQuery(numberAlarmsQuery);
  const open = data.filter((alarm) => isAboutNumber(alarm.key));
  if (open.length === 0) return null;
  return (
    <div className={classes.alarms}>
      {open.map((alarm) => (
        <Notice key={alarm.id} tone={alarm.severity === 'critical' ? 'bad' : alarm.severity === 'warning' ? 'warn' : 'info'} title={alarm.title}>{alarm.advice}</Notice>
      ))}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { Attendance } from '@/api/types';
import { Badge } from '@/design/Badge';
import { NumberField, SwitchField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { type Column, Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { useTyped } from '@/lib/typed';
import { attendanceQuery, useChangeAttendance } from './queries';
import classes from './Desk.module.css';

interface AttendancePanelProps {
  mayWrite: boolean;
}

/** Everybody who can answer: there or away, what they have open and the most they take. */
export function AttendancePanel({ mayWrite }: AttendancePanelProps) {
  const people = useQuery(attendanceQuery);
  return (
    <Loaded query={people}>
      {(all) => <Table label={t('desk.attendance.title')} columns={columns(mayWrite)} rows={all} rowKey={(one) => one.user.id} />}
    </Loaded>
  );
}

const columns = (mayWrite: boolean): Column<Attendance>[] => [
  { key: 'name', title: t('desk.attendance.person'), cell: (one) => <bdi>{one.user.name}</bdi> },
  { key: 'state', title: t('desk.attendance.state'), width: '118px', cell: (one) => (mayWrite ? <AwaySwitch one={one} /> : <Badge tone={one.is_away ? 'plain' : 'good'}>{t(one.is_away ? 'desk.attendance.away' : 'desk.attendance.there')}</Badge>) },
  { key: 'open', title: t('desk.attendance.open'), width: '100px', align: 'end', minor: true, cell: (one) => one.open_count },
  { key: 'capacity', title: t('desk.attendance.capacity'), width: '116px', align: 'end', cell: (one) => (mayWrite ? <CapacityField one={one} /> : (one.capacity ?? t('desk.attendance.noLimit'))) },
];

interface OneProps {
  one: Attendance;
}

function AwaySwitch({ one }: OneProps) {
  const change = useChangeAttendance(one.user.id);
  return (
    <SwitchField
      aria-label={t('desk.attendance.awayFor', { name: one.user.name })}
      label={t(one.is_away ? 'desk.attendance.away' : 'desk.attendance.there')}
      checked={!one.is_away}
      disabled={change.isPending}
      onChange={(event) => { change.mutate({ is_away: !event.currentTarget.checked }); }}
    />
  );
}

function CapacityField({ one }: OneProps) {
  const change = useChangeAttendance(one.user.id);
  const { shown, isChanged, type, taken } = useTyped({ capacity: one.capacity });
  const handleBlur = () => { if (isChanged) change.mutate(shown, { onSuccess: () => { taken(shown); } }); };
  return (
    <NumberField
      className={classes.capacity}
      aria-label={t('desk.attendance.capacityOf', { name: one.user.name })}
      placeholder={t('desk.attendance.noLimit')}
      min={1}
      max={1000}
      clampBehavior="strict"
      hideControls
      allowDecimal={false}
      value={shown.capacity ?? ''}
      onChange={(entered) => { type({ capacity: typeof entered === 'number' ? entered : null }); }}
      onBlur={handleBlur}
    />
  );
}

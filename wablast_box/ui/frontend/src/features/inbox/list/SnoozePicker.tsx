import { type FormEvent, useState } from 'react';
import { useSession } from '@/api/session';
import type { Conversation } from '@/api/types';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { TextField } from '@/design/Field';
import { IconCalendar, IconClock, IconMessage2, IconSun } from '@/design/icons';
import { stampOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { act } from './act';
import { moments, offsetOf } from './moments';
import { moveOn } from './useListKeys';
import { Picker, type Option } from './Picker';
import classes from './Picker.module.css';

const ICONS = { hour: IconClock, today: IconClock, tomorrow: IconSun, monday: IconCalendar, reply: IconMessage2 };

interface SnoozePickerProps {
  targets: Conversation[];
  onClose: () => void;
}

/** When it comes back, and what for. */
export function SnoozePicker({ targets, onClose }: SnoozePickerProps) {
  const now = useNow();
  const zone = useSession().business?.time_zone ?? 'Asia/Kolkata';
  const offset = offsetOf(zone, now);
  const [reminder, setReminder] = useState('');
  const [own, setOwn] = useState(false);
  const snooze = (until: string | null) => {
    onClose();
    moveOn(targets);
    void act(targets, { action: 'snooze', until, ...(reminder.trim() ? { reminder: reminder.trim() } : {}) });
  };
  const title = targets.length > 1 ? plural('list.pick.snoozeMany', targets.length) : t('list.pick.snoozeTitle');
  const note = (
    <TextField label={t('list.pick.reminder')} placeholder={t('list.pick.reminderHint')} value={reminder} maxLength={500} onChange={(event) => { setReminder(event.currentTarget.value); }} />
  );
  if (own) return <OwnMoment title={title} offset={offset} now={now} note={note} onSnooze={snooze} onClose={onClose} />;
  const options: Option[] = moments(now, offset).map(({ key, at }) => {
    const Icon = ICONS[key];
    return { key, title: t(`list.pick.${key}`), icon: <Icon size={16} stroke={1.7} />, hint: at ? stampOf(at).replace(/:\d\d$/, '') : undefined, run: () => { snooze(at); } };
  });
  // Asked for in the same window: it must stay open.
  const other: Option = { key: 'own', title: t('list.pick.own'), icon: <IconCalendar size={16} stroke={1.7} />, run: () => { setOwn(true); } };
  return <Picker title={title} options={[...options, other]} empty="" onClose={onClose} stays footer={<div className={classes.footer}>{note}</div>} />;
}

interface OwnMomentProps {
  title: string;
  offset: number;
  now: number;
  note: React.ReactNode;
  onSnooze: (until: string) => void;
  onClose: () => void;
}

function OwnMoment({ title, offset, now, note, onSnooze, onClose }: OwnMomentProps) {
  // The field knows no zones: it is given and read as the wall clock of the shop.
  const [typed, setTyped] = useState(new Date(now + offset * 60_000 + 24 * 3_600_000).toISOString().slice(0, 16));
  const at = Date.parse(`${typed}:00Z`) - offset * 60_000;
  const late = !(at > now);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!late) onSnooze(new Date(at).toISOString());
  };
  return (
    <Dialog title={title} onClose={onClose} size={380}>
      <form className={classes.own} onSubmit={handleSubmit}>
        <TextField type="datetime-local" label={t('list.pick.ownAt')} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); }} error={late ? t('list.pick.past') : undefined} data-autofocus />
        {note}
        <Button type="submit" disabled={late}>{t('list.pick.snooze')}</Button>
      </form>
    </Dialog>
  );
}

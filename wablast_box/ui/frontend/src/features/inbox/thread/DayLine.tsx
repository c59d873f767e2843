import { Popover } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '@/design/Button';
import { dayKey, startOfDay } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { keepFocus } from '../AskedMenu';
import { useThread } from './context';
import classes from './Thread.module.css';

interface DayLineProps {
  label: string;
  at: string;
}

/** The heading of a day, which is also the way to another one. */
export function DayLine({ label, at }: DayLineProps) {
  const { jumpTo } = useThread();
  const [open, setOpen] = useState(false);
  // Most days are only read: the way out of one is made for whoever presses it.
  const [asked, setAsked] = useState(false);
  const handleGo = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const day = new FormData(event.currentTarget).get('day');
    setOpen(false);
    if (typeof day === 'string' && day) jumpTo(startOfDay(day));
  };
  const handleOpen = () => {
    flushSync(() => { setAsked(true); });
    setOpen(!open);
  };
  const heading = <button ref={asked ? keepFocus : null} type="button" aria-label={t('thread.day.label', { day: label })} aria-haspopup="dialog" aria-expanded={open} onClick={handleOpen}>{label}</button>;
  if (!asked) return <div className={classes.day}>{heading}</div>;
  return (
    <div className={classes.day}>
      <Popover opened={open} onChange={setOpen} position="bottom" trapFocus returnFocus withinPortal shadow="md">
        <Popover.Target>{heading}</Popover.Target>
        <Popover.Dropdown className={classes.picker}>
          <form onSubmit={handleGo}>
            <label htmlFor="day">{t('thread.day.pick')}</label>
            <input id="day" name="day" type="date" required data-autofocus defaultValue={dayKey(at)} />
            <Button type="submit">{t('thread.day.go')}</Button>
          </form>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

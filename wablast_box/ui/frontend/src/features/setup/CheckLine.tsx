import { Loader } from '@mantine/core';
import type { Check } from '@/api/types';
import { IconCircleCheck, IconCircleX, IconHelp } from '@/design/icons';
import { t } from '@/lib/i18n';
import classes from './Setup.module.css';

interface CheckLineProps {
  check: Check | undefined;
  pending: boolean;
}

/** What Meta says of one thing: asked, right, wrong with the fix, or not to be found out. */
export function CheckLine({ check, pending }: CheckLineProps) {
  if (pending) return <p className={classes.check} data-state="pending" role="status"><Loader size={13} color="gray" aria-hidden />{t('setup.number.checking')}</p>;
  if (!check) return null;
  const state = check.ok === null ? 'unknown' : check.ok ? 'good' : 'bad';
  const Icon = check.ok === null ? IconHelp : check.ok ? IconCircleCheck : IconCircleX;
  return (
    <p className={classes.check} data-state={state} role={check.ok === false ? 'alert' : 'status'}>
      <Icon size={16} stroke={1.9} aria-hidden />
      <span>{check.title}{check.help ? <span> {check.help}</span> : null}</span>
    </p>
  );
}

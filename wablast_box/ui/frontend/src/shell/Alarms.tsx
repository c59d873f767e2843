import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, useState } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconAlertTriangle, IconX } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { alarmsQuery } from './queries';
import classes from './Alarms.module.css';

const RANK = { critical: 0, warning: 1, info: 2 };

/** An address of ours is opened in place; a plain click only, so that "open in a new tab" stays what it is. */
function follow(event: MouseEvent<HTMLAnchorElement>, push: (path: string) => void): void {
  const path = event.currentTarget.getAttribute('href') ?? '';
  if (!path.startsWith('/') || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  push(path);
}

/** The worst thing that needs a person, in one line. Hiding it lasts until something changes. */
export function Alarms() {
  const router = useRouter();
  const { data } = useQuery(alarmsQuery);
  const [hidden, setHidden] = useState<string | null>(null);
  const alarms = (data?.items ?? []).toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  const worst = alarms[0];
  const all = alarms.map((alarm) => alarm.id).join();
  if (!worst || hidden === all) return null;
  return (
    <div className={classes.banner} data-severity={worst.severity} role="alert">
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <p><strong>{worst.title}</strong> {worst.advice}</p>
      {worst.action_url ? <a href={worst.action_url} onClick={(event) => { follow(event, router.history.push); }}>{t('shell.alarms.fix')}</a> : null}
      {alarms.length > 1 ? <span className={classes.more}>{plural('shell.alarms.more', alarms.length - 1)}</span> : null}
      <IconButton label={t('shell.alarms.hide')} size={22} onClick={() => { setHidden(all); }}><IconX size={14} /></IconButton>
    </div>
  );
}

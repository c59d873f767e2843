import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useSession } from '@/api/session';
import type { Diagnostics } from '@/api/types';
import { IconPlugConnected, IconPlugConnectedX } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { shortDuration } from '@/lib/dates';
import { useLine } from '@/live/socket';
import { diagnosticsQuery } from './queries';
import classes from './StatusBar.module.css';

export function StatusBar() {
  const session = useSession();
  const { data } = useQuery(diagnosticsQuery(session));
  return (
    <footer className={classes.bar} aria-label={t('shell.status.label')}>
      <Line />
      {data ? <Depths diagnostics={data} /> : null}
      {session.demo ? <span className={classes.minor}>{t('shell.status.demo')}</span> : null}
      <span className={classes.version} title={t('shell.status.versionLabel', { version: session.version })}>{t('shell.status.version', { version: session.version })}</span>
    </footer>
  );
}

const listenOnline = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

function Line() {
  const state = useLine((line) => line.state);
  const online = useSyncExternalStore(listenOnline, () => navigator.onLine);
  const words = {
    live: t('shell.status.live'),
    connecting: t('shell.status.connecting'),
    'catching-up': t('shell.status.catchingUp'),
    away: online ? t('shell.status.away') : t('shell.status.offline'),
  };
  const Icon = state === 'away' ? IconPlugConnectedX : IconPlugConnected;
  return (
    <span className={classes.line} data-state={state} role="status">
      <Icon size={12} aria-hidden />
      {words[state]}
    </span>
  );
}

interface DepthsProps {
  diagnostics: Diagnostics;
}

function Depths({ diagnostics: { outbox, webhook_events } }: DepthsProps) {
  const late = webhook_events.oldest_pending_age_s;
  return (
    <>
      <span title={t('shell.status.queueHint', { queued: outbox.queued, sending: outbox.sending })}>{t('shell.status.queue', { count: outbox.queued + outbox.sending })}</span>
      <span className={classes.minor} title={t('shell.status.webhooksHint')} data-warn={late !== null && late > 60 ? true : undefined}>
        {late === null || late < 1 ? t('shell.status.webhooksIdle') : t('shell.status.webhooks', { age: late < 60 ? t('shell.status.seconds', { n: Math.round(late) }) : shortDuration(late * 1000) })}
      </span>
      {outbox.unconfirmed > 0 ? <span data-warn title={t('shell.status.unconfirmedHint')}>{plural('shell.status.unconfirmed', outbox.unconfirmed)}</span> : null}
      {webhook_events.failed > 0 ? <span className={classes.minor} data-warn>{plural('shell.status.quarantined', webhook_events.failed)}</span> : null}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { LoginSession } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconDeviceDesktop, IconDeviceMobile } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Panel } from '@/design/Panel';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { deviceName, isHandheld } from '@/lib/user-agent';
import { loginSessionsQuery, useEndSessions } from './queries';
import classes from './Team.module.css';

/** Every browser that is signed in as this person, this one first. */
export function LoginSessions() {
  const sessions = useQuery(loginSessionsQuery);
  const end = useEndSessions();
  const others = (sessions.data ?? []).filter((one) => !one.current);
  const handleEndOthers = () => {
    end.mutate(others.map((one) => one.id), { onSuccess: () => { toast({ tone: 'good', title: t('team.account.endedOthers') }); }, onError: toastError });
  };
  const actions = others.length > 1 ? <Button kind="quiet" loading={end.isPending} onClick={handleEndOthers}>{t('team.account.endOthers')}</Button> : null;
  return (
    <Panel title={t('team.account.sessionsTitle')} help={t('team.account.sessionsHelp')} actions={actions}>
      <Loaded query={sessions}>
        {(all) => (
          <ul className={classes.sessions}>
            {all.toSorted((a, b) => Number(b.current) - Number(a.current)).map((one) => <SessionRow key={one.id} session={one} />)}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

interface SessionRowProps {
  session: LoginSession;
}

function SessionRow({ session }: SessionRowProps) {
  const end = useEndSessions();
  const device = deviceName(session.user_agent);
  const Icon = isHandheld(session.user_agent) ? IconDeviceMobile : IconDeviceDesktop;
  const handleEnd = () => {
    end.mutate([session.id], { onSuccess: () => { toast({ tone: 'good', title: t('team.account.ended', { device }) }); }, onError: toastError });
  };
  return (
    <li className={classes.session}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <div>
        <strong>{device}{session.current ? <Badge tone="good">{t('team.account.thisWindow')}</Badge> : null}</strong>
        <p>
          {session.ip ? <>{session.ip} · </> : null}
          {session.last_seen_at && !session.current ? <><Ago at={session.last_seen_at} /> · </> : null}
          {t('team.account.since', { when: dateOf(session.created_at) })}
        </p>
      </div>
      {session.current ? null : (
        <Button kind="quiet" loading={end.isPending} aria-label={t('team.account.endLabel', { device })} onClick={handleEnd}>{t('team.account.end')}</Button>
      )}
    </li>
  );
}

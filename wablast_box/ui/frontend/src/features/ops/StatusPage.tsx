import { useQuery } from '@tanstack/react-query';
import type { Alarm, Diagnostics } from '@/api/types';
import { Ago } from '@/design/Ago';
import { IconButton } from '@/design/IconButton';
import { IconAlertTriangle, IconCircleCheck, IconRefresh } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { SkeletonLines } from '@/design/Skeletons';
import { plural, t } from '@/lib/i18n';
import { AlarmList } from './AlarmList';
import { Machine } from './Machine';
import { allAlarmsQuery, statusQuery } from './queries';
import { Queues } from './Queues';
import { worries } from './verdict';
import classes from './Ops.module.css';

export function StatusPage() {
  const status = useQuery(statusQuery);
  const alarms = useQuery(allAlarmsQuery);
  const refresh = <IconButton label={t('common.refresh')} onClick={() => { void status.refetch(); void alarms.refetch(); }}><IconRefresh size={17} stroke={1.7} /></IconButton>;
  return (
    <Page width="wide">
      <PageHeader title={t('ops.status.title')} help={t('ops.status.help')} actions={refresh} />
      <Loaded query={status} skeleton={<SkeletonLines rows={8} />}>
        {(figures) => (
          <>
            <Verdict figures={figures} alarms={alarms.data ?? []} at={status.dataUpdatedAt} />
            {alarms.isError || alarms.data?.length ? (
              <Panel title={t('ops.status.alarms')}>
                <Loaded query={alarms}>{(all) => <AlarmList alarms={all} />}</Loaded>
              </Panel>
            ) : null}
            <Queues figures={figures} at={status.dataUpdatedAt} />
            <Machine figures={figures} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface VerdictProps {
  figures: Diagnostics;
  alarms: Alarm[];
  at: number;
}

/** The answer first: is all well, or how many things need somebody. */
function Verdict({ figures, alarms, at }: VerdictProps) {
  const count = alarms.filter((alarm) => alarm.severity !== 'info').length + worries(figures).length;
  const Icon = count ? IconAlertTriangle : IconCircleCheck;
  return (
    <div className={classes.verdict} data-tone={count ? 'warn' : 'good'}>
      <Icon size={26} stroke={1.5} aria-hidden />
      <div>
        <p role="status">{count ? plural('ops.status.needsYou', count) : t('ops.status.well')}</p>
        <span>{count ? null : <>{t('ops.status.wellHelp')} </>}{t('ops.status.measured')} <Ago at={new Date(at).toISOString()} />{t('ops.status.every')}</span>
      </div>
    </div>
  );
}

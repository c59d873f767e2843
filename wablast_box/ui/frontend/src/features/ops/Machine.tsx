import type { Diagnostics } from '@/api/types';
import { Badge } from '@/design/Badge';
import { Facts } from '@/design/Facts';
import { Panel } from '@/design/Panel';
import { longDuration } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { age, megabytes } from './sizes';
import { worries } from './verdict';
import classes from './Ops.module.css';

interface MachineProps {
  figures: Diagnostics;
}

export function Machine({ figures }: MachineProps) {
  const { database, uptime_s: uptime } = figures;
  const isLow = worries(figures).includes('disk');
  return (
    <Panel title={t('ops.status.machine')}>
      <div className={classes.machine}>
        <Facts
          items={[
            { label: t('ops.status.uptime'), value: uptime < 60 ? age(uptime) : uptime < 172_800 ? longDuration(uptime * 1000) : age(uptime) },
            { label: t('ops.status.version'), value: figures.version },
            { label: t('ops.status.memory'), value: megabytes(figures.memory_mb) },
            { label: t('ops.status.threads'), value: figures.threads },
          ]}
        />
        <Facts
          items={[
            { label: t('ops.status.sockets'), value: figures.open_sockets },
            { label: t('ops.status.disk'), value: figures.disk_free_mb === null ? null : <>{megabytes(figures.disk_free_mb)} {isLow ? <Badge tone="bad">{t('ops.status.lowDisk')}</Badge> : null}</> },
            { label: t('ops.status.database'), value: t('ops.status.databaseOf', { library: database.library, size: megabytes(database.size_mb) }) },
            { label: t('ops.status.lastEvent'), value: figures.events.last_id ? <code className={classes.mono}>{figures.events.last_id}</code> : null },
          ]}
        />
      </div>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { SwitchField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import type { Alerts } from '@/api/types';
import { t } from '@/lib/i18n';
import { alertsQuery } from '@/shell/alerts/queries';
import { DigestPart } from './DigestPart';
import { DevicePart } from './DevicePart';
import { Devices } from './Devices';
import { QuietPart } from './QuietPart';
import { useChangeAlerts } from './queries';
import classes from './Alerts.module.css';

export function AlertsPage() {
  const alerts = useQuery(alertsQuery);
  return (
    <Page>
      <PageHeader title={t('alerts.page.title')} help={t('alerts.page.help')} />
      <DevicePart />
      <Loaded query={alerts}>
        {(wants) => (
          <>
            <HearPart wants={wants} />
            <QuietPart wants={wants} />
            <DigestPart wants={wants} />
          </>
        )}
      </Loaded>
      <Devices />
    </Page>
  );
}

export interface PartProps {
  wants: Alerts;
}

const HEARS = ['hears_mine', 'hears_unassigned', 'hears_mentions'] as const;

function HearPart({ wants }: PartProps) {
  const change = useChangeAlerts();
  return (
    <Panel title={t('alerts.hear.title')} help={t('alerts.hear.help')}>
      <div className={classes.switches}>
        {HEARS.map((name) => (
          <SwitchField key={name} label={t(`alerts.hear.${name}`)} description={t(`alerts.hear.${name}_help`)} checked={wants[name]} onChange={(event) => { change.mutate({ [name]: event.currentTarget.checked }); }} />
        ))}
        <SwitchField label={t('alerts.hear.shows_text')} description={t('alerts.hear.shows_text_help')} checked={wants.shows_text} onChange={(event) => { change.mutate({ shows_text: event.currentTarget.checked }); }} />
      </div>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '@/api/session';
import type { PhoneNumber } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconDeviceMobile, IconRefresh } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { CredentialsForm } from './CredentialsForm';
import { NumberAlarms } from './NumberAlarms';
import { NumberHealth } from './NumberHealth';
import { numberQuery, setupQuery, useRefreshNumber } from './queries';
import { WebhookPart } from './WebhookPart';
import classes from './Number.module.css';

/** How the number stands with Meta, and what the box reaches it with. */
export function NumberPage() {
  const number = useQuery(numberQuery);
  const mayRefresh = useMay('integrations.test');
  const mayConfigure = useMay('settings.read');
  const refresh = useRefreshNumber();
  const isConnected = Boolean(number.data?.phone_number_id);
  const handleRefresh = () => {
    refresh.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('setup.page.refreshed') }); }, onError: toastError });
  };
  const actions = mayRefresh && isConnected ? <Button kind="quiet" leftSection={<IconRefresh size={14} />} loading={refresh.isPending} onClick={handleRefresh}>{t('setup.page.refresh')}</Button> : null;
  return (
    <Page>
      <PageHeader title={t('setup.page.title')} help={t('setup.page.help')} actions={actions} />
      <NumberAlarms />
      <Loaded query={number}>
        {(found) => (found.phone_number_id ? <NumberHealth number={found} /> : <NotConnected number={found} mayConfigure={mayConfigure} />)}
      </Loaded>
      {mayConfigure && isConnected ? <Configuration /> : null}
    </Page>
  );
}

interface NotConnectedProps {
  number: PhoneNumber;
  mayConfigure: boolean;
}

const NotConnected = ({ mayConfigure }: NotConnectedProps) => (
  <EmptyState
    icon={<IconDeviceMobile size={22} stroke={1.6} />}
    title={t('setup.page.none')}
    help={mayConfigure ? t('setup.page.noneHelp') : t('setup.page.noneForOthers')}
    action={mayConfigure ? <Link className={classes.link} to="/setup">{t('setup.page.begin')}</Link> : null}
  />
);

/** The steps of the set-up, once it is over. */
function Configuration() {
  const setup = useQuery(setupQuery);
  return (
    <Loaded query={setup}>
      {(found) => (
        <>
          {found.finished_at ? null : (
            <Notice tone="warn" title={t('setup.page.unfinished')} action={<Link className={classes.link} to="/setup">{t('setup.page.goOn')}</Link>}>{t('setup.page.unfinishedHelp')}</Notice>
          )}
          <Panel title={t('setup.page.credentials')} help={t('setup.page.credentialsHelp')}><CredentialsForm setup={found} /></Panel>
          <Panel title={t('setup.webhook.title')} help={t('setup.webhook.help')}><WebhookPart setup={found} /></Panel>
          {found.proof.received_at && found.proof.sent_at ? (
            <Panel title={t('setup.page.proofTitle')}>
              <p className={classes.proof}>{t('setup.proof.receivedAt', { when: stampOf(found.proof.received_at) })} · {t('setup.proof.sentAt', { when: stampOf(found.proof.sent_at) })}</p>
            </Panel>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '@/api/session';
import { Ago } from '@/design/Ago';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconLock, IconPlus } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { type FlowSecret, secretsQuery } from './queries';
import { InsidePanel } from './InsidePanel';
import { SecretSheet } from './SecretSheet';
import classes from './Secrets.module.css';

/** What flows need to be let into other systems: by name only, and only for the servers that were named with it. */
export function SecretsPage() {
  const secrets = useQuery(secretsQuery);
  const mayWrite = useMay('integrations.write');
  const mayRead = useMay('settings.read');
  const [open, setOpen] = useState<FlowSecret | 'new' | null>(null);
  const add = mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('flowSecrets.add')}</Button> : null;
  return (
    <Page width="wide">
      <PageHeader title={t('flowSecrets.title')} help={t('flowSecrets.help')} actions={secrets.data?.length ? add : null} />
      <Loaded query={secrets}>
        {(rows) => (
          <Table
            label={t('flowSecrets.title')}
            columns={columns(mayWrite ? setOpen : null)}
            rows={rows}
            rowKey={(one) => one.name}
            empty={<EmptyState icon={<IconLock size={22} stroke={1.6} />} title={t('flowSecrets.none')} help={t(mayWrite ? 'flowSecrets.noneHelp' : 'flowSecrets.noneOwner')} action={add} />}
          />
        )}
      </Loaded>
      {mayRead ? <div className={classes.below}><InsidePanel /></div> : null}
      {open ? <SecretSheet key={open === 'new' ? open : open.name} secret={open === 'new' ? null : open} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

const columns = (onOpen: ((one: FlowSecret) => void) | null): Column<FlowSecret>[] => [
  {
    key: 'name',
    title: t('flowSecrets.name'),
    cell: (one) => (onOpen ? <Button kind="link" className={classes.name} onClick={() => { onOpen(one); }}>{one.name}</Button> : <code className={classes.name}>{one.name}</code>),
  },
  { key: 'ends', title: t('flowSecrets.value'), width: '110px', cell: (one) => <code className={classes.quiet}>{one.last4 ? `…${one.last4}` : '…'}</code> },
  { key: 'hosts', title: t('flowSecrets.hosts'), cell: (one) => <span className={classes.hosts}>{one.hosts.join(', ')}</span> },
  {
    key: 'used',
    title: t('flowSecrets.usedBy'),
    minor: true,
    cell: (one) => (one.used_by.length === 0
      ? <span className={classes.quiet}>{t('flowSecrets.unused')}</span>
      : <span className={classes.uses}>{one.used_by.map((flow) => <Link key={flow.id} to="/flows/$id" params={{ id: flow.id }}>{flow.name}</Link>)}</span>),
  },
  { key: 'updated', title: t('flowSecrets.updated'), width: '130px', minor: true, cell: (one) => <Ago at={one.updated_at} /> },
];

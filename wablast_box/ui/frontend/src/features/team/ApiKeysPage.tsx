import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useSession } from '@/api/session';
import type { ApiKey } from '@/api/types';
import { Ago } from '@/design/Ago';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconButton } from '@/design/IconButton';
import { IconKey, IconPlus, IconTrash } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { CreateKeySheet } from './CreateKeySheet';
import { apiKeysQuery, useRevokeKey } from './queries';
import classes from './Team.module.css';

export function ApiKeysPage() {
  const keys = useQuery(apiKeysQuery);
  const me = useSession().user;
  const [creating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  if (!me) return null;
  const create = <Button leftSection={<IconPlus size={14} />} onClick={() => { setCreating(true); }}>{t('team.keys.create')}</Button>;
  return (
    <Page width="wide">
      <PageHeader title={t('team.keys.title')} help={t('team.keys.help')} actions={keys.data?.length ? create : null} />
      <Loaded query={keys}>
        {(rows) => (
          <Table
            label={t('team.keys.title')}
            columns={columns(setDoomed)}
            rows={rows}
            rowKey={(key) => key.id}
            empty={<EmptyState icon={<IconKey size={22} stroke={1.6} />} title={t('team.keys.none')} help={t('team.keys.noneHelp')} action={create} />}
          />
        )}
      </Loaded>
      {creating ? <CreateKeySheet me={me} onClose={() => { setCreating(false); }} /> : null}
      {doomed ? <Revoke apiKey={doomed} onClose={() => { setDoomed(null); }} /> : null}
    </Page>
  );
}

const columns = (onRevoke: (key: ApiKey) => void): Column<ApiKey>[] => [
  { key: 'name', title: t('team.keys.name'), cell: (key) => <bdi>{key.name}</bdi> },
  { key: 'prefix', title: t('team.keys.key'), width: '150px', minor: true, cell: (key) => <code className={classes.mono}>{key.prefix}…</code> },
  { key: 'role', title: t('team.roles.label'), width: '130px', cell: (key) => (key.role_name ? <bdi>{key.role_name}</bdi> : t(`common.roles.${key.role}`)) },
  { key: 'created', title: t('team.keys.created'), width: '130px', minor: true, cell: (key) => dateOf(key.created_at) },
  { key: 'used', title: t('team.keys.lastUsed'), width: '130px', cell: (key) => (key.last_used_at ? <Ago at={key.last_used_at} /> : <span className={classes.quiet}>{t('common.never')}</span>) },
  {
    key: 'revoke',
    title: t('team.keys.revoke'),
    width: '76px',
    align: 'end',
    cell: (key) => <IconButton label={t('team.keys.revokeLabel', { name: key.name })} onClick={() => { onRevoke(key); }}><IconTrash size={16} stroke={1.7} /></IconButton>,
  },
];

interface RevokeProps {
  apiKey: ApiKey;
  onClose: () => void;
}

function Revoke({ apiKey, onClose }: RevokeProps) {
  const revoke = useRevokeKey();
  const handleConfirm = () => {
    revoke.mutate(apiKey.id, { onSuccess: () => { toast({ tone: 'good', title: t('team.keys.revoked', { name: apiKey.name }) }); onClose(); } });
  };
  return (
    <AskFirst
      opened
      onClose={onClose}
      title={t('team.keys.revokeTitle', { name: apiKey.name })}
      confirm={t('team.keys.revoke')}
      onConfirm={handleConfirm}
      busy={revoke.isPending}
      error={isUnconfirmed(revoke.error) ? null : revoke.error}
    >
      {t('team.keys.revokeHelp')}
    </AskFirst>
  );
}

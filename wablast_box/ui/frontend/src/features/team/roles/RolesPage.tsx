import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { CustomRole, OurRole } from '@/api/types';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconPlus, IconUsersGroup } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { plural, t } from '@/lib/i18n';
import { rolesQuery } from '../people/queries';
import { ROLES } from '../rights';
import { RoleSheet } from './RoleSheet';
import classes from './Roles.module.css';

/** The four roles, and the shop's own. */
export function RolesPage() {
  const roles = useQuery(rolesQuery);
  const mayWrite = useMay('roles.write');
  const [open, setOpen] = useState<CustomRole | 'new' | null>(null);
  const create = mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('access.roles.create')}</Button> : null;
  return (
    <Page>
      <PageHeader title={t('access.roles.title')} help={t('access.roles.help')} actions={roles.data?.items.length ? create : null} />
      <Loaded query={roles}>
        {({ items, ours }) => (
          <>
            <Panel title={t('access.roles.yours')}>
              {items.length === 0
                ? <EmptyState icon={<IconUsersGroup size={22} stroke={1.6} />} title={t('access.roles.none')} help={t('access.roles.noneHelp')} action={create} />
                : <ul className={classes.roles}>{items.map((role) => <OwnRole key={role.id} role={role} onOpen={() => { setOpen(role); }} />)}</ul>}
            </Panel>
            <Panel title={t('access.roles.ours')}>
              <ul className={classes.roles}>{ROLES.map((role) => <BoxRole key={role} role={role} ours={ours} />)}</ul>
            </Panel>
            {open ? <RoleSheet role={open === 'new' ? null : open} ours={ours} mayWrite={mayWrite} onClose={() => { setOpen(null); }} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface OwnRoleProps {
  role: CustomRole;
  onOpen: () => void;
}

function OwnRole({ role, onOpen }: OwnRoleProps) {
  const facts = [t(`common.roles.${role.base}`), plural('access.roles.granted', role.permissions.length), t(`access.roles.scopes.${role.scope}`)];
  return (
    <li>
      <button type="button" onClick={onOpen}>
        <span>
          <strong><bdi>{role.name}</bdi>{role.hides_numbers ? <Badge>{t('access.roles.hidden')}</Badge> : null}</strong>
          <span>{facts.join(' · ')}</span>
        </span>
        <small>{plural('access.roles.people', role.people)}</small>
      </button>
    </li>
  );
}

interface BoxRoleProps {
  role: (typeof ROLES)[number];
  ours: readonly OurRole[];
}

const BoxRole = ({ role, ours }: BoxRoleProps) => (
  <li>
    <div>
      <span>
        <strong>{t(`common.roles.${role}`)}</strong>
        <span>{t(`team.roles.${role}`)}</span>
      </span>
      <small>{plural('access.roles.granted', ours.find((one) => one.role === role)?.permissions.length ?? 0)}</small>
    </div>
  </li>
);

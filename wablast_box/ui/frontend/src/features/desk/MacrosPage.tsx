import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useSession } from '@/api/session';
import type { Macro } from '@/api/types';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconListCheck, IconPlus } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { MacroSheet } from './MacroSheet';
import { macrosQuery } from './queries';
import classes from './Desk.module.css';

/** Several things by one press: everybody's and one's own. */
export function MacrosPage() {
  const session = useSession();
  const macros = useQuery(macrosQuery);
  const [open, setOpen] = useState<Macro | 'new' | null>(null);
  const mayShare = may(session, 'desk.write');
  const create = may(session, 'replies.write_own') ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('desk.macros.create')}</Button> : null;
  return (
    <Page width="wide">
      <PageHeader title={t('desk.macros.title')} help={t('desk.macros.help')} actions={macros.data?.length ? create : null} />
      <Loaded query={macros}>
        {(all) => (
          <Table
            label={t('desk.macros.title')}
            columns={columns(setOpen, (macro) => !macro.shared || mayShare)}
            rows={all}
            rowKey={(macro) => macro.id}
            empty={<EmptyState icon={<IconListCheck size={22} stroke={1.6} />} title={t('desk.macros.none')} help={t('desk.macros.noneHelp')} action={create} />}
          />
        )}
      </Loaded>
      {open ? <MacroSheet key={open === 'new' ? 'new' : open.id} macro={open === 'new' ? null : open} mayShare={mayShare} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

const columns = (onOpen: (macro: Macro) => void, mayOpen: (macro: Macro) => boolean): Column<Macro>[] => [
  {
    key: 'name',
    title: t('desk.macros.name'),
    width: '38%',
    cell: (macro) => (mayOpen(macro) ? <button type="button" className={classes.opener} onClick={() => { onOpen(macro); }}><bdi>{macro.name}</bdi></button> : <bdi>{macro.name}</bdi>),
  },
  { key: 'steps', title: t('desk.macros.steps'), cell: (macro) => <span className={classes.people}>{macro.steps.map((step) => t(`desk.macros.do.${step.do}`)).join(' · ')}</span> },
  { key: 'whose', title: t('desk.macros.whose'), width: '130px', minor: true, cell: (macro) => <Badge tone={macro.shared ? 'good' : 'plain'}>{t(macro.shared ? 'desk.macros.everybody' : 'desk.macros.yours')}</Badge> },
];

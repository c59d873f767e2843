import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { Forward } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { Facts } from '@/design/Facts';
import { IconArrowForwardUp, IconPlus } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { ForwardSheet } from './ForwardSheet';
import { forwardsQuery } from './queries';
import { Target } from './Target';
import classes from './Forwarding.module.css';

const HEADERS = [['X-Hub-Signature-256', 'hub'], ['X-Box-Signature-256', 'box'], ['X-Box-Webhook-Id', 'id']] as const;

/** Other systems that get every webhook too. */
export function ForwardingPage() {
  const forwards = useQuery(forwardsQuery);
  const mayWrite = useMay('integrations.write');
  const [open, setOpen] = useState<Forward | 'new' | null>(null);
  const short = mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('number.forwarding.addShort')}</Button> : null;
  const add = mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('number.forwarding.add')}</Button> : null;
  return (
    <Page>
      <PageHeader title={t('number.forwarding.title')} help={t('number.forwarding.help')} actions={forwards.data?.length ? short : null} />
      <Loaded query={forwards}>
        {(all) => (all.length === 0
          ? <EmptyState icon={<IconArrowForwardUp size={22} stroke={1.6} />} title={t('number.forwarding.none')} help={t('number.forwarding.noneHelp')} action={add} />
          : <ul className={classes.targets}>{all.map((one) => <Target key={one.id} target={one} onEdit={mayWrite ? () => { setOpen(one); } : undefined} />)}</ul>)}
      </Loaded>
      <Panel title={t('number.forwarding.how')} help={t('number.forwarding.howHelp')}>
        <Facts items={HEADERS.map(([header, key]) => ({ label: header, value: t(`number.forwarding.headers.${key}`) }))} />
      </Panel>
      {open ? <ForwardSheet key={open === 'new' ? open : open.id} target={open === 'new' ? null : open} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

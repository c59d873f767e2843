import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { AiProvider } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconBrain, IconPlus } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { Ledger } from './Ledger';
import { ModelCard } from './ModelCard';
import { ModelSheet } from './ModelSheet';
import { providersQuery } from './queries';
import { Spending } from './Spending';
import classes from './Models.module.css';

/** Whom the box asks, what that has cost this month, and every single question. */
export function ModelsPage() {
  const providers = useQuery(providersQuery);
  const mayWrite = useMay('settings.write');
  const [open, setOpen] = useState<AiProvider | 'new' | null>(null);
  const add = mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('ai.add')}</Button> : null;
  return (
    <Page width="wide">
      <PageHeader title={t('ai.title')} help={t('ai.help')} actions={providers.data?.length ? add : null} />
      <Loaded query={providers}>
        {(all) => (all.length === 0
          ? <EmptyState icon={<IconBrain size={22} stroke={1.6} />} title={t('ai.none')} help={t(mayWrite ? 'ai.noneHelp' : 'ai.noneOthers')} action={add} />
          : <ul className={classes.models}>{all.map((one) => <ModelCard key={one.id} model={one} onEdit={mayWrite ? () => { setOpen(one); } : undefined} />)}</ul>)}
      </Loaded>
      <Spending />
      <Ledger />
      {open ? <ModelSheet key={open === 'new' ? open : open.id} model={open === 'new' ? null : open} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconBolt, IconPlus, IconRoute } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { useFiles } from './editor/useFiles';
import { IconUpload } from './icons';
import { FlowCard } from './list/FlowCard';
import { Gallery } from './list/Gallery';
import { QuickAnswer } from './list/QuickAnswer';
import { flowsQuery } from './queries';
import classes from './list/List.module.css';

/** Every flow: on or off, what begins it, how it is doing. */
export function FlowsPage() {
  const flows = useQuery({ ...flowsQuery, refetchOnMount: 'always' });
  const mayWrite = useMay('flows.write');
  const files = useFiles();
  const [choosing, setChoosing] = useState(false);
  const [answering, setAnswering] = useState(false);
  const actions = mayWrite ? (
    <>
      <Button kind="quiet" leftSection={<IconUpload size={14} />} onClick={files.take} loading={files.isTaking}>{t('flows.list.import')}</Button>
      <Button kind="quiet" leftSection={<IconBolt size={14} />} onClick={() => { setAnswering(true); }}>{t('flows.list.quick')}</Button>
      <Button leftSection={<IconPlus size={14} />} onClick={() => { setChoosing(true); }}>{t('flows.list.create')}</Button>
    </>
  ) : null;
  return (
    <Page width="wide">
      <PageHeader title={t('flows.title')} help={t('flows.list.help')} actions={actions} />
      <Loaded query={flows}>
        {(all) => (all.length === 0
          ? <EmptyState icon={<IconRoute size={22} stroke={1.6} />} title={t('flows.list.none')} help={t('flows.list.noneHelp')} action={mayWrite ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setChoosing(true); }}>{t('flows.list.create')}</Button> : null} />
          : <ul className={classes.flows} aria-label={t('flows.title')}>{all.map((flow) => <li key={flow.id}><FlowCard flow={flow} mayWrite={mayWrite} /></li>)}</ul>)}
      </Loaded>
      {answering ? <QuickAnswer onClose={() => { setAnswering(false); }} /> : null}
      {choosing ? <Gallery onClose={() => { setChoosing(false); }} /> : null}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconPlus, IconRoute } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { chooseFile } from './editor/file';
import { IconUpload } from './icons';
import { FlowCard } from './list/FlowCard';
import { Gallery } from './list/Gallery';
import { flowsQuery, useCreateFlow } from './queries';
import classes from './list/List.module.css';

/** Every flow: on or off, what begins it, how it is doing. */
export function FlowsPage() {
  const flows = useQuery({ ...flowsQuery, refetchOnMount: 'always' });
  const mayWrite = useMay('flows.write');
  const navigate = useNavigate();
  const create = useCreateFlow();
  const [choosing, setChoosing] = useState(false);
  const importFile = () => {
    void chooseFile().then(({ name, graph }) => {
      if (!graph) return toast({ tone: 'bad', title: t('flows.editor.noFlow'), help: t('flows.editor.noFlowHelp') });
      create.mutate({ name, graph }, { onError: toastError, onSuccess: (flow) => { void navigate({ to: '/flows/$id', params: { id: flow.id } }); } });
    });
  };
  const actions = mayWrite ? (
    <>
      <Button kind="quiet" leftSection={<IconUpload size={14} />} onClick={importFile} loading={create.isPending}>{t('flows.list.import')}</Button>
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
      {choosing ? <Gallery onClose={() => { setChoosing(false); }} /> : null}
    </Page>
  );
}

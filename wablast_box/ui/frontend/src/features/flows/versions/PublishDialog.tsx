import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { LongTextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useEditor } from '../graph/context';
import { close } from '../graph/document';
import { usePublish, versionQuery } from '../queries';
import type { Flow } from '../types';
import { DiffList } from './DiffList';
import classes from './Versions.module.css';

interface PublishDialogProps {
  flow: Flow;
  /** Writes the draft first: what is published is what is seen. */
  before: () => Promise<number | undefined>;
  /** Somebody else saved: what is seen here is not what would be published. */
  onOvertaken: () => void;
  onClose: () => void;
}

/** From now on customers get this. Says what is different from what they get today. */
export function PublishDialog({ flow, before, onOvertaken, onClose }: PublishDialogProps) {
  const [note, setNote] = useState('');
  const doc = useEditor((state) => state.doc);
  const publish = usePublish(flow.id);
  const live = useQuery({ ...versionQuery(flow.id, flow.published?.number ?? 0), enabled: flow.published !== null });
  const go = useMutation({
    mutationFn: async () => {
      const revision = await before();
      return publish.mutateAsync({ note, revision });
    },
    onError: (refused) => {
      if (problemOf(refused).code !== 'draft_changed') return;
      onOvertaken();
      onClose();
    },
    onSuccess: ({ published }) => {
      toast({ tone: 'good', title: t('flows.publish.done', { number: published?.number ?? 1 }) });
      onClose();
    },
  });
  const problem = go.error ? problemOf(go.error) : null;
  return (
    <Dialog title={t('flows.publish.title')} onClose={onClose}>
      <div className={classes.publish}>
        <p>{t(flow.published ? 'flows.publish.help' : 'flows.publish.first')}</p>
        {live.data ? <DiffList before={live.data.graph} after={close(doc)} /> : null}
        <LongTextField label={t('flows.publish.note')} description={t('flows.publish.noteHelp')} value={note} maxLength={500} onChange={(event) => { setNote(event.currentTarget.value); }} data-autofocus />
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help ?? problem.fields.map((one) => one.message).join(' ')}</Notice> : null}
        <div className={classes.acts}>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button loading={go.isPending} onClick={() => { go.mutate(); }}>{t('flows.publish.button')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

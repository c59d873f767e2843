import { useState } from 'react';
import { useMay } from '@/api/session';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { IconRefresh } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useReplayFailed } from './queries';

/** Everything that was kept aside, once more. */
export function ReplayAll() {
  const may = useMay('webhooks.replay');
  const [asks, setAsks] = useState(false);
  const replay = useReplayFailed();
  if (!may) return null;
  const handleConfirm = () => {
    replay.mutate(undefined, { onSuccess: ({ count }) => { setAsks(false); toast({ tone: 'good', title: plural('ops.webhooks.replayedAll', count) }); } });
  };
  return (
    <>
      <Button leftSection={<IconRefresh size={14} />} onClick={() => { setAsks(true); }}>{t('ops.webhooks.replayAll')}</Button>
      {asks ? (
        <AskFirst opened danger={false} onClose={() => { setAsks(false); }} title={t('ops.webhooks.replayAllTitle')} confirm={t('ops.webhooks.replay')} onConfirm={handleConfirm} busy={replay.isPending} error={replay.error}>{t('ops.webhooks.replayAllHelp')}</AskFirst>
      ) : null}
    </>
  );
}

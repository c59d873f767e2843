import { useQuery } from '@tanstack/react-query';
import type { Setup } from '@/api/types';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { ErrorState } from '@/design/ErrorState';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { ProofThread } from './ProofThread';
import { QrCode } from './QrCode';
import { answerQuery, numberQuery, setupQuery, useSendProof } from './queries';
import classes from './Proof.module.css';

interface ProofPartProps {
  setup: Setup;
}

/** The proof of the set-up is a real conversation: their "hi" comes in, your answer goes out. */
export function ProofPart({ setup: { proof } }: ProofPartProps) {
  const isOver = proof.received_at !== null && proof.sent_at !== null;
  // Asked every two seconds while somebody waits for it; the answer lands in the same cache entry that we are drawn from.
  useQuery({ ...setupQuery, refetchInterval: isOver ? false : 2000, staleTime: 0 });
  const sent = useQuery({ ...answerQuery(proof.message_id ?? ''), enabled: proof.message_id !== null });
  const send = useSendProof();
  const hasFailed = sent.data?.state === 'failed';
  return (
    <div className={classes.proof}>
      {proof.received_at ? null : <WriteHi />}
      <ProofThread proof={proof} answer={sent.data} />
      {proof.received_at && !proof.message_id ? (
        <div className={classes.act}>
          <p>{t('setup.proof.arrived')}</p>
          <Button size="sm" loading={send.isPending} onClick={() => { send.mutate(undefined); }}>{t('setup.proof.answer')}</Button>
        </div>
      ) : null}
      {hasFailed ? (
        <Notice tone="bad" title={sent.data?.error?.title ?? t('setup.proof.failed')} action={<Button kind="quiet" loading={send.isPending} onClick={() => { send.mutate(undefined); }}>{t('setup.proof.again')}</Button>}>
          {sent.data?.error?.advice}
        </Notice>
      ) : null}
      {send.isError ? <ErrorState error={send.error} onRetry={() => { send.mutate(undefined); }} /> : null}
      {proof.received_at ? null : (
        <details className={classes.help}>
          <summary>{t('setup.proof.nothing')}</summary>
          <p>{t('setup.proof.nothingHelp')}</p>
        </details>
      )}
    </div>
  );
}

function WriteHi() {
  const { data: number } = useQuery(numberQuery);
  const shown = number?.display_phone_number;
  if (!shown) return null;
  const link = `https://wa.me/${shown.replace(/\D/g, '')}?text=hi`;
  return (
    <section className={classes.write}>
      <QrCode text={link} label={t('setup.proof.scan')} />
      <div>
        <p className={classes.lead}>{t('setup.proof.write')}</p>
        <p className={classes.number}><CopyText text={readablePhone(shown)} label={t('setup.page.title')} /></p>
        <p>{t('setup.proof.writeHelp')}</p>
        <a href={link} target="_blank" rel="noreferrer">{t('setup.proof.openChat')}</a>
      </div>
    </section>
  );
}

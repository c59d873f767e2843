import { useQuery } from '@tanstack/react-query';
import type { Message, Setup } from '@/api/types';
import { IconAlertTriangle, IconCheck, IconChecks, IconClock } from '@/design/icons';
import { timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { newestInboundQuery } from './queries';
import classes from './Proof.module.css';

interface ProofThreadProps {
  proof: Setup['proof'];
  answer: Message | undefined;
}

/** The first conversation, as the inbox will show it: what the customer wrote, and the ticks of the answer. */
export function ProofThread({ proof, answer }: ProofThreadProps) {
  const inbound = useQuery({ ...newestInboundQuery, enabled: proof.received_at !== null });
  return (
    <div className={classes.thread} role="log" aria-label={t('setup.proof.thread')}>
      {proof.received_at ? (
        <p className={classes.bubble} data-side="in" dir="auto">
          {inbound.data?.text ?? t('setup.proof.customer')}
          <small>{timeOf(proof.received_at)}</small>
        </p>
      ) : (
        <p className={classes.waiting}>
          <span aria-hidden><i /><i /><i /></span>
          {t('setup.proof.waiting')}. {t('setup.proof.waitingHelp')}
        </p>
      )}
      {answer ? (
        <p className={classes.bubble} data-side="out" data-state={answer.state} dir="auto">
          {answer.text}
          <small>{timeOf(answer.sent_at ?? answer.created_at)}<Ticks state={answer.state} /></small>
        </p>
      ) : null}
    </div>
  );
}

interface TicksProps {
  state: Message['state'];
}

function Ticks({ state }: TicksProps) {
  const Icon = state === 'failed' ? IconAlertTriangle : state === 'delivered' || state === 'read' || state === 'played' ? IconChecks : state === 'sent' ? IconCheck : IconClock;
  return (
    <span className={classes.ticks} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden />
      <span className="hidden-text">{t(`setup.proof.state.${state}`)}</span>
    </span>
  );
}

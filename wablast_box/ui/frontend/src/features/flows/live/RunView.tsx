import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMay } from '@/api/session';
import { AskFirst } from '@/design/AskFirst';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { IconChevronLeft } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { t } from '@/lib/i18n';
import { useEditorStore } from '../graph/context';
import { runStepsQuery, useStopRun } from '../queries';
import { StepList } from '../simulator/StepList';
import { litBy } from '../simulator/talk';
import { useFollow } from '../simulator/useFollow';
import { Variables } from '../simulator/Variables';
import type { FlowSession } from '../types';
import { stateName, toneOf } from './LivePanel';
import classes from './Live.module.css';

interface RunViewProps {
  run: FlowSession;
  onBack: () => void;
}

/** One customer's run: its path on the canvas, each step with what went in and came out. */
export function RunView({ run, onBack }: RunViewProps) {
  const store = useEditorStore();
  const steps = useQuery(runStepsQuery(run.id));
  const [asking, setAsking] = useState(false);
  const stop = useStopRun();
  useFollow();
  const mayStop = useMay('flows.write') && (run.state === 'waiting' || run.state === 'running');
  useEffect(() => {
    if (steps.data) store.setState({ counts: null, lit: litBy(store.getState().doc, { steps: steps.data, state: run.state === 'waiting' ? 'waiting' : 'ended', node_id: run.node_id }) });
  }, [run.node_id, run.state, steps.data, store]);
  useEffect(() => () => { store.setState({ lit: null }); }, [store]);
  return (
    <section className={classes.run} aria-label={t('flows.live.run')}>
      <header>
        <IconButton label={t('flows.live.back')} onClick={onBack}><IconChevronLeft size={16} /></IconButton>
        <h2><bdi>{run.contact_name ?? t('flows.live.somebody')}</bdi></h2>
        <Badge tone={toneOf(run.state)}>{stateName(run.state)}</Badge>
      </header>
      {run.reason && run.state !== 'waiting' ? <p className={classes.reason}>{run.reason}</p> : null}
      <p className={classes.links}>
        <Link to="/inbox" search={{ c: run.conversation_id }}>{t('flows.live.conversation')}</Link>
        {mayStop ? <Button kind="link" onClick={() => { stop.reset(); setAsking(true); }}>{t('flows.live.stop')}</Button> : null}
      </p>
      <Loaded query={steps}>{(all) => <StepList steps={all} />}</Loaded>
      {Object.keys(run.variables).length > 0 ? <><h3>{t('flows.simulator.variables')}</h3><Variables variables={run.variables} /></> : null}
      <AskFirst
        opened={asking} onClose={() => { setAsking(false); }} title={t('flows.live.stopTitle')} confirm={t('flows.live.stop')} busy={stop.isPending} error={stop.error}
        onConfirm={() => { stop.mutate(run, { onSuccess: () => { setAsking(false); } }); }}
      >
        {t('flows.live.stopHelp')}
      </AskFirst>
    </section>
  );
}

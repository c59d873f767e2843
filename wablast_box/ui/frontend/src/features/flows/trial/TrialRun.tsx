import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Loaded } from '@/design/Loaded';
import { useEditorStore } from '../graph/context';
import { runStepsQuery } from '../queries';
import { StepList } from '../simulator/StepList';
import { litBy } from '../simulator/talk';
import { useFollow } from '../simulator/useFollow';
import type { Trial } from '../types';

interface TrialRunProps {
  session: NonNullable<Trial['session']>;
}

/** What the draft does on the phone, step by step, and its path on the canvas. */
export function TrialRun({ session }: TrialRunProps) {
  const store = useEditorStore();
  const steps = useQuery({ ...runStepsQuery(session.id), refetchInterval: 2000 });
  useFollow();
  useEffect(() => {
    if (steps.data) store.setState({ lit: litBy(store.getState().doc, { steps: steps.data, state: session.state === 'waiting' ? 'waiting' : 'ended', node_id: session.node_id }) });
  }, [session.node_id, session.state, steps.data, store]);
  useEffect(() => () => { store.setState({ lit: null }); }, [store]);
  return <Loaded query={steps}>{(all) => <StepList steps={all} />}</Loaded>;
}

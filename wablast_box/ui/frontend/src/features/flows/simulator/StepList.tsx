import { useState } from 'react';
import { labelOf, spoken } from '../graph/outputs';
import { t } from '@/lib/i18n';
import { useEditor } from '../graph/context';
import { useActs } from '../editor/useActs';
import type { Rehearsal, Step } from '../types';
import { Pinned } from './Pinned';
import { outputOf } from './talk';
import classes from './Simulator.module.css';

type Taken = Step & { duration_us?: number; after?: number };

interface StepListProps {
  steps: readonly Taken[];
  /** In a test run: what was asked outside, and how the talk goes on from an earlier line. */
  rehearsed?: { acts: Rehearsal['acts']; onCut: (after: number) => void };
}

/** Every step that was taken: what went in, what came out, and by which way it left. */
export function StepList({ steps, rehearsed }: StepListProps) {
  if (steps.length === 0) return <p className={classes.nothing}>{t('flows.steps.none')}</p>;
  return <ol className={classes.steps}>{steps.map((step, at) => <StepLine key={at} step={step} rehearsed={rehearsed} />)}</ol>;
}

interface StepLineProps {
  step: Taken;
  rehearsed: StepListProps['rehearsed'];
}

function StepLine({ step, rehearsed }: StepLineProps) {
  const [open, setOpen] = useState(false);
  const { goTo } = useActs();
  const name = useEditor((state) => state.doc.nodes[step.node_id]?.name || (state.kinds.get(step.node_type)?.title ?? step.node_type));
  const label = useEditor((state) => {
    const output = outputOf(step.outcome);
    if (output === null) return outcomeName(step.outcome);
    const node = state.doc.nodes[step.node_id];
    const from = state.kinds.get(step.node_type)?.outputs_from;
    const all: unknown = from && node ? node.data[from.field] : null;
    const item: unknown = Array.isArray(all) ? all.find((one: unknown) => typeof one === 'object' && one !== null && Reflect.get(one, 'id') === output) : null;
    const said: unknown = item && from ? Reflect.get(item, from.label) : null;
    return typeof said === 'string' && said ? said : labelOf(output);
  });
  return (
    <li data-failed={step.error ? true : undefined}>
      <button type="button" aria-expanded={open} onClick={() => { setOpen(!open); goTo(step.node_id); }}>
        <span className={classes.number}>{step.number}</span>
        <strong><bdi>{name}</bdi></strong>
        <span className={classes.outcome}>{label}</span>
        {step.duration_us === undefined || rehearsed ? null : <small>{t('flows.steps.took', { ms: (step.duration_us / 1000).toLocaleString('en-IN', { maximumFractionDigits: 1 }) })}</small>}
      </button>
      {step.error ? <p className={classes.stepError}>{step.error}</p> : null}
      {open ? <div className={classes.given}><Given title={t('flows.steps.input')} value={step.input} /><Given title={t('flows.steps.output')} value={step.output} />
        {rehearsed && step.node_type !== 'start' ? <Pinned step={step} asks={askedBy(rehearsed.acts, step.node_id)} onAgain={() => { rehearsed.onCut(step.after ?? 0); }} /> : null}
      </div> : null}
    </li>
  );
}

/** Whom a step asked: the web, or something that the box knows or has others work out. */
const ANSWERING = new Set(['ask_model', 'business_hours', 'assign']);
const askedBy = (acts: Rehearsal['acts'], node: string): 'web' | 'box' | null => {
  const mine = acts.filter((one) => one.node_id === node);
  return mine.some((one) => one.what === 'http') ? 'web' : mine.some((one) => ANSWERING.has(one.what)) ? 'box' : null;
};

const RESTS = { wait: 'flows.steps.waits', end: 'flows.steps.ends', call: 'flows.steps.calls' } as const;
const outcomeName = (outcome: string | null): string => (outcome === null ? '' : outcome in RESTS ? t(RESTS[outcome as keyof typeof RESTS]) : spoken(outcome));

interface GivenProps {
  title: string;
  value: unknown;
}

export function Given({ title, value }: GivenProps) {
  const empty = value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return (
    <div>
      <h4>{title}</h4>
      {empty ? <p>{t('flows.steps.nothing')}</p> : <pre tabIndex={0}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>}
    </div>
  );
}

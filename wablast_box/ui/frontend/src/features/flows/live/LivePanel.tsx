import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Ago } from '@/design/Ago';
import { Badge, type Tone } from '@/design/Badge';
import { EmptyState } from '@/design/EmptyState';
import { IconActivityHeartbeat } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { t } from '@/lib/i18n';
import { useEditorStore } from '../graph/context';
import { IconChartBar } from '../icons';
import { wireId } from '../graph/outputs';
import { runsQuery, statsQuery } from '../queries';
import type { Flow, FlowSession } from '../types';
import { Rounds } from './Rounds';
import { RunView } from './RunView';
import classes from './Live.module.css';

interface LivePanelProps {
  flow: Flow;
}

const TONES: Record<string, Tone> = { running: 'good', waiting: 'warn', failed: 'bad' };
const FIGURES = ['started', 'waiting', 'ended', 'failed'] as const;
const STATES = { running: 'flows.live.running', waiting: 'flows.live.waiting', ended: 'flows.live.ended', failed: 'flows.live.failed', handed_over: 'flows.live.handed', stopped: 'flows.live.stopped' } as const;

export const stateName = (state: string): string => (state in STATES ? t(STATES[state as keyof typeof STATES]) : state.replaceAll('_', ' '));
export const toneOf = (state: string): Tone => TONES[state] ?? 'plain';

/** How customers fare in the published flow: counts on the canvas, and every run to look into. */
export function LivePanel({ flow }: LivePanelProps) {
  const store = useEditorStore();
  const stats = useQuery(statsQuery(flow.id));
  const runs = useQuery(runsQuery(flow.id));
  const [run, setRun] = useState<FlowSession | null>(null);
  useEffect(() => {
    const { data } = stats;
    if (data && !run) store.setState({ counts: { nodes: data.nodes, wires: Object.fromEntries(data.edges.map((edge) => [wireId(edge.from, edge.output), edge.count])) } });
  }, [run, stats, store]);
  useEffect(() => () => { store.setState({ counts: null }); }, [store]);
  if (run) return <RunView run={runs.data?.find((one) => one.id === run.id) ?? run} onBack={() => { setRun(null); }} />;
  return (
    <section className={classes.live} aria-label={t('flows.live.title')}>
      <Loaded query={stats}>
        {({ sessions, most }) => (
          <dl className={classes.figures}>
            {FIGURES.map((one) => <div key={one} data-bad={(one === 'failed' && sessions.failed > 0) || undefined}><dd>{sessions[one].toLocaleString('en-IN')}{one === 'started' && sessions.started >= most ? '+' : null}</dd><dt>{t(`flows.live.${one}`)}</dt></div>)}
          </dl>
        )}
      </Loaded>
      <Link to="/flows/$id/figures" params={{ id: flow.id }} className={classes.all}><IconChartBar size={15} aria-hidden />{t('flowRuns.figures.open')}</Link>
      <Rounds flowId={flow.id} />
      <h2>{t('flows.live.runs')}</h2>
      <Loaded query={runs}>
        {(all) => (all.length === 0 ? <EmptyState icon={<IconActivityHeartbeat size={22} stroke={1.6} />} title={t('flows.live.none')} help={t('flows.live.noneHelp')} /> : (
          <ul className={classes.runs}>
            {all.map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => { setRun(one); }}>
                  <strong><bdi>{one.contact_name ?? t('flows.live.somebody')}</bdi></strong>
                  <Badge tone={toneOf(one.state)}>{stateName(one.state)}</Badge>
                  <small><Ago at={one.started_at} /> · {one.is_trial ? t('flowRuns.trial.badge') : t('flows.versions.number', { number: one.version })}</small>
                </button>
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
    </section>
  );
}

import { Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { problemOf } from '@/api/errors';
import { Notice } from '@/design/Notice';
import { IconButton } from '@/design/IconButton';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { IconArrowBackUp, IconChevronRight, IconClockHour4, IconDeviceMobile, IconRefresh } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import { IconPin } from '../icons';
import { Phone } from './Phone';
import { StepList } from './StepList';
import { useFollow } from './useFollow';
import { useTalk } from './useTalk';
import { Variables } from './Variables';
import classes from './Simulator.module.css';

const OwnPhone = lazy(() => import('../trial/OwnPhone').then((module) => ({ default: module.OwnPhone })));

interface SimulatorProps {
  flowId: string;
}

const VIEWS = ['phone', 'steps', 'variables'] as const;
const SKIPS = [15 * 60, 3600, 24 * 3600, 7 * 24 * 3600];

/** Talking with the flow as a customer would. Nothing is sent; the same engine plays it. */
export function Simulator({ flowId }: SimulatorProps) {
  const [own, setOwn] = useState(false);
  if (own) return <Suspense><OwnPhone flowId={flowId} onBack={() => { setOwn(false); }} /></Suspense>;
  return <Talking flowId={flowId} onOwn={() => { setOwn(true); }} />;
}

interface TalkingProps extends SimulatorProps {
  onOwn: () => void;
}

function Talking({ flowId, onOwn }: TalkingProps) {
  const mayWrite = useMay('flows.write');
  const talk = useTalk(flowId);
  useFollow();
  const [view, setView] = useState<(typeof VIEWS)[number]>('phone');
  const problem = talk.error ? problemOf(talk.error) : null;
  const count = { phone: 0, steps: talk.rehearsal?.steps.length ?? 0, variables: Object.keys(talk.rehearsal?.variables ?? {}).length };
  return (
    <section className={classes.simulator} aria-label={t('flows.simulator.title')}>
      <header className={classes.head}>
        <div role="tablist" aria-label={t('flows.simulator.title')}>
          {VIEWS.map((one) => (
            <button key={one} type="button" role="tab" aria-selected={view === one} onClick={() => { setView(one); }}>{t(`flows.simulator.${one}`)}{count[one] ? <small>{count[one]}</small> : null}</button>
          ))}
        </div>
        <Menu position="bottom-end" width={190}>
          <Menu.Target><IconButton label={t('flows.simulator.skip')} disabled={talk.said.length === 0}><IconClockHour4 size={16} /></IconButton></Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('flows.simulator.skip')}</Menu.Label>
            {SKIPS.map((seconds) => <Menu.Item key={seconds} leftSection={<IconChevronRight size={14} />} onClick={() => { talk.say({ skip_s: seconds }); }}>{spanOf(seconds)}</Menu.Item>)}
          </Menu.Dropdown>
        </Menu>
        <IconButton label={t('flows.simulator.back')} disabled={talk.said.length === 0} onClick={talk.back}><IconArrowBackUp size={16} /></IconButton>
        {mayWrite ? <IconButton label={t('flowRuns.trial.open')} onClick={onOwn}><IconDeviceMobile size={16} /></IconButton> : null}
        <IconButton label={t('flows.simulator.again')} disabled={talk.said.length === 0} onClick={talk.again}><IconRefresh size={16} /></IconButton>
      </header>
      {problem ? <div className={classes.problem}><Notice tone="bad" title={problem.message}>{problem.help}</Notice></div> : null}
      {view === 'phone' ? <Phone talk={talk} /> : view === 'steps' ? <StepList steps={talk.rehearsal?.steps ?? []} rehearsed={{ acts: talk.rehearsal?.acts ?? [], onCut: talk.cut }} /> : <Variables variables={talk.rehearsal?.variables ?? {}} />}
      <PinsLine />
    </section>
  );
}

/** That something is pinned is said wherever one looks at the run: it is not quite as customers will meet it. */
function PinsLine() {
  const store = useEditorStore();
  const count = useEditor((state) => Object.keys(state.pins).length);
  if (count === 0) return null;
  return (
    <p className={classes.pinsLine} title={t('flowRuns.pins.yours')}>
      <IconPin size={13} aria-hidden /><span>{plural('flowRuns.pins.count', count)}</span>
      <Button kind="link" size="compact-xs" onClick={() => { store.setState({ pins: {} }); }}>{t('flowRuns.pins.remove')}</Button>
    </p>
  );
}

export function spanOf(seconds: number): string {
  if (seconds < 3600) return plural('flows.simulator.minutes', Math.round(seconds / 60));
  if (seconds < 86_400) return plural('flows.simulator.hours', Math.round(seconds / 3600));
  return plural('flows.simulator.days', Math.round(seconds / 86_400));
}

import { Link } from '@tanstack/react-router';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { IconButton } from '@/design/IconButton';
import { IconChevronLeft, IconDeviceMobile } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import type { Trial } from '../types';
import { Qr } from './Qr';
import { TrialRun } from './TrialRun';
import { useTrial } from './useTrial';
import classes from './Trial.module.css';

interface OwnPhoneProps {
  flowId: string;
  onBack: () => void;
}

/** The draft with real messages, on the one phone that sent the code. */
export function OwnPhone({ flowId, onBack }: OwnPhoneProps) {
  const { trial, begin, end, again } = useTrial(flowId);
  const problem = begin.error ? problemOf(begin.error) : null;
  return (
    <section className={classes.trial} aria-label={t('flowRuns.trial.title')}>
      <header>
        <IconButton label={t('flowRuns.trial.back')} onClick={onBack}><IconChevronLeft size={16} /></IconButton>
        <h2>{t('flowRuns.trial.title')}</h2>
      </header>
      {problem ? <div className={classes.note}><Notice tone="bad" title={problem.message}>{problem.help}</Notice></div> : null}
      <Loaded query={trial}>
        {(now) => {
          if (!now) return <Before busy={begin.isPending} onBegin={() => { begin.mutate(); }} />;
          if (!now.conversation_id) return <Waiting trial={now} busy={end.isPending} onCancel={() => { end.mutate(undefined, { onError: toastError }); }} />;
          return (
            <Live
              trial={now} busy={again.isPending || end.isPending} onStop={() => { end.mutate(undefined, { onError: toastError }); }}
              onAgain={() => { again.mutate(undefined, { onError: toastError, onSuccess: () => { toast({ tone: 'good', title: t('flowRuns.trial.begun') }); } }); }}
            />
          );
        }}
      </Loaded>
    </section>
  );
}

interface BeforeProps {
  busy: boolean;
  onBegin: () => void;
}

function Before({ busy, onBegin }: BeforeProps) {
  return (
    <div className={classes.before}>
      <span aria-hidden><IconDeviceMobile size={24} stroke={1.5} /></span>
      <p>{t('flowRuns.trial.what')}</p>
      <p><small>{t('flowRuns.trial.real')}</small></p>
      <Button loading={busy} onClick={onBegin}>{t('flowRuns.trial.begin')}</Button>
    </div>
  );
}

interface WaitingProps {
  trial: Trial;
  busy: boolean;
  onCancel: () => void;
}

function Waiting({ trial, busy, onCancel }: WaitingProps) {
  return (
    <div className={classes.before}>
      {trial.qr.length > 0 ? <><Qr rows={trial.qr} label={t('flowRuns.trial.qr')} /><p>{t('flowRuns.trial.scan')}</p></> : null}
      <p>{trial.phone ? t('flowRuns.trial.send', { phone: trial.phone }) : t('flowRuns.trial.sendAnywhere')}</p>
      <div className={classes.code}><CopyText text={trial.code} label={t('flowRuns.trial.title')} /></div>
      <p className={classes.waits} role="status"><i aria-hidden />{t('flowRuns.trial.waits', { time: timeOf(trial.until_at) })}</p>
      <Button kind="quiet" loading={busy} onClick={onCancel}>{t('flowRuns.trial.cancel')}</Button>
    </div>
  );
}

interface LiveProps {
  trial: Trial;
  busy: boolean;
  onAgain: () => void;
  onStop: () => void;
}

function Live({ trial, busy, onAgain, onStop }: LiveProps) {
  return (
    <>
      <div className={classes.live}>
        <p role="status"><i aria-hidden />{t('flowRuns.trial.live', { name: trial.contact_name ?? trial.contact_phone ?? t('flowRuns.trial.mine'), time: timeOf(trial.until_at) })}</p>
        <p><small>{t('flowRuns.trial.saves')}</small></p>
        {trial.is_held ? <Notice tone="warn" title={t('flowRuns.trial.held')}>{t('flowRuns.trial.heldHelp')}</Notice> : null}
        <div className={classes.acts}>
          <Button size="compact-sm" loading={busy} onClick={onAgain}>{t('flowRuns.trial.again')}</Button>
          <Button kind="quiet" size="compact-sm" disabled={busy} onClick={onStop}>{t('flowRuns.trial.stop')}</Button>
          {trial.conversation_id ? <Link to="/inbox" search={{ c: trial.conversation_id }}>{t('flowRuns.trial.conversation')}</Link> : null}
        </div>
      </div>
      {trial.session ? <TrialRun key={trial.session.id} session={trial.session} /> : <p className={classes.nothing}>{t('flowRuns.trial.nothing')}</p>}
    </>
  );
}

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { IconPlayerPause, IconPlayerPlay, IconSend2, IconTrash } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { checkFile } from '../../files';
import { send } from '../send';
import { chosenFrom } from '../useChosenFiles';
import type { ExtraProps } from './Extra';
import { Meter } from './Meter';
import { record, type Recording } from './voice/record';
import classes from './Extras.module.css';

type State = 'asking' | 'running' | 'paused' | 'denied' | 'sending';

const SHORTEST_S = 0.6;
const TICK_MS = 100;

/** In place of the words while somebody speaks. */
export function VoiceBar({ conversation, replyTo, onReply, onSent, onClose }: ExtraProps) {
  const [state, setState] = useState<State>('asking');
  const [problem, setProblem] = useState('');
  const [seconds, setSeconds] = useState(0);
  const recording = useRef<Recording | null>(null);
  const close = useRef(onClose);
  useEffect(() => { close.current = onClose; });
  useEffect(() => {
    let gone = false;
    record(t('composer.recording.name')).then((started) => {
      if (gone) started.discard();
      else {
        recording.current = started;
        setState('running');
      }
    }, (error: unknown) => {
      setProblem(whyNot(error));
      setState('denied');
    });
    return () => {
      gone = true;
      recording.current?.discard();
      recording.current = null;
    };
  }, []);
  useEffect(() => {
    if (state !== 'running') return undefined;
    const timer = window.setInterval(() => { setSeconds((before) => before + TICK_MS / 1000); }, TICK_MS);
    return () => { window.clearInterval(timer); };
  }, [state]);
  const handleSend = async () => {
    const taken = recording.current;
    recording.current = null;
    if (!taken || state === 'sending') return;
    if (seconds < SHORTEST_S) {
      taken.discard();
      toast({ tone: 'info', title: t('composer.recording.short') });
      onClose();
      return;
    }
    setState('sending');
    try {
      const { file, voice } = await taken.stop();
      const checked = checkFile(file);
      if ('refused' in checked) throw new Error(checked.refused);
      send(conversation.id, { words: '', files: [chosenFrom(file, 'audio', voice)], replyTo });
      onReply(null);
      onSent();
    } catch (error) {
      toast({ tone: 'bad', title: t('composer.recording.failed'), help: error instanceof Error ? error.message : null });
    }
    onClose();
  };
  const handlePause = () => {
    if (state === 'running') recording.current?.pause();
    else recording.current?.resume();
    setState(state === 'running' ? 'paused' : 'running');
  };
  if (state === 'denied') {
    return (
      <div className={classes.voice} role="alert">
        <div className={classes.voiceWords}><b>{problem}</b><span>{t('composer.recording.deniedHelp')}</span></div>
        <Button kind="quiet" onClick={onClose}>{t('common.close')}</Button>
      </div>
    );
  }
  const time = clock(seconds);
  return (
    <div className={classes.voice} role="group" aria-label={t('composer.recording.label')} onKeyDown={(event) => { if (event.key === 'Escape') onClose(); }}>
      <IconButton label={t('composer.recording.discard')} size={32} side="top" onClick={onClose}><IconTrash size={17} stroke={1.7} /></IconButton>
      <i className={classes.lamp} data-on={state === 'running' || undefined} aria-hidden />
      <span className={classes.time}>{time}</span>
      <span className="hidden-text" role="status">{state === 'asking' ? t('composer.recording.asking') : state === 'paused' ? t('composer.recording.paused', { time }) : null}</span>
      <Meter level={() => recording.current?.level() ?? 0} running={state === 'running'} />
      <IconButton label={t(state === 'paused' ? 'composer.recording.resume' : 'composer.recording.pause')} size={32} side="top" disabled={state === 'asking' || state === 'sending'} onClick={handlePause}>{state === 'paused' ? <IconPlayerPlay size={17} /> : <IconPlayerPause size={17} />}</IconButton>
      <IconButton label={t('composer.recording.send')} size={32} side="top" filled autoFocus disabled={state === 'asking' || state === 'sending'} onClick={() => { void handleSend(); }}><IconSend2 size={16} /></IconButton>
    </div>
  );
}

const clock = (seconds: number): string => `${String(Math.floor(seconds / 60))}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

function whyNot(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError') return t('composer.recording.none');
  return t(name === 'NotAllowedError' ? 'composer.recording.denied' : 'composer.recording.failed');
}

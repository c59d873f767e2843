import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { IconMicrophone, IconMusic, IconPlayerPause, IconPlayerPlay } from '@/design/icons';
import { t } from '@/lib/i18n';
import { begins, useSpeed } from './playing';
import { useWaveform } from './useWaveform';
import classes from './Kinds.module.css';

interface VoicePlayerProps {
  url: string;
  voice: boolean;
}

/** A small player: the bars show how loud it is, the slider over them is the control. One plays at a time. */
export function VoicePlayer({ url, voice }: VoicePlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const { speed, faster } = useSpeed();
  const wave = useRef<HTMLDivElement>(null);
  const bars = useWaveform(url, wave);
  useEffect(() => { if (audio.current) audio.current.playbackRate = speed; }, [speed]);
  const handleToggle = () => {
    const sound = audio.current;
    if (!sound) return;
    if (!sound.paused) {
      sound.pause();
      return;
    }
    begins(sound);
    sound.playbackRate = speed;
    void sound.play().catch(() => { setPlaying(false); });
  };
  const handleSeek = (event: ChangeEvent<HTMLInputElement>) => {
    if (audio.current) audio.current.currentTime = Number(event.currentTarget.value);
  };
  const part = length > 0 ? at / length : 0;
  const Sign = voice ? IconMicrophone : IconMusic;
  return (
    <div className={classes.voice}>
      <button type="button" className={classes.play} onClick={handleToggle} aria-label={playing ? t('inbox.files.pause') : t('inbox.files.play')}>
        {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      </button>
      <div ref={wave} className={classes.wave}>
        {bars.map((height, bar) => <i key={bar} style={{ height: `${String(height)}%` }} data-done={bar / bars.length < part || undefined} />)}
        <input type="range" min={0} max={length || 1} step={0.1} value={at} onChange={handleSeek} aria-label={t('inbox.files.position')} aria-valuetext={clock(at)} />
      </div>
      {playing || speed !== 1 ? <button type="button" className={classes.speed} onClick={faster} aria-label={t('thread.voice.speed', { speed: `${String(speed)}×` })}>{`${String(speed)}×`}</button> : null}
      <span className={classes.clock}><Sign size={12} aria-hidden /> {clock(playing || at > 0 ? at : length)}</span>
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => { setPlaying(true); }}
        onPause={() => { setPlaying(false); }}
        onEnded={() => { setAt(0); }}
        onTimeUpdate={(event) => { setAt(event.currentTarget.currentTime); }}
        onLoadedMetadata={(event) => { if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration); }}
      />
    </div>
  );
}

const clock = (seconds: number): string => `${String(Math.floor(seconds / 60))}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

import { type ChangeEvent, useMemo, useRef, useState } from 'react';
import { IconMicrophone, IconMusic, IconPlayerPause, IconPlayerPlay } from '@/design/icons';
import { t } from '@/lib/i18n';
import { hue } from '@/lib/initials';
import classes from './Kinds.module.css';

interface VoicePlayerProps {
  url: string;
  voice: boolean;
  seed: string;
}

const BARS = 36;

/** A small player: the bars are a picture and not the sound, the slider is the control. */
export function VoicePlayer({ url, voice, seed }: VoicePlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const heights = useMemo(() => Array.from({ length: BARS }, (_, bar) => 25 + (hue(`${seed}${String(bar)}`) % 75)), [seed]);
  const handleToggle = () => {
    const sound = audio.current;
    if (!sound) return;
    if (sound.paused) void sound.play().catch(() => { setPlaying(false); });
    else sound.pause();
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
      <div className={classes.wave}>
        {heights.map((height, bar) => <i key={bar} style={{ height: `${String(height)}%` }} data-done={bar / BARS < part || undefined} />)}
        <input type="range" min={0} max={length || 1} step={0.1} value={at} onChange={handleSeek} aria-label={t('inbox.files.position')} />
      </div>
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

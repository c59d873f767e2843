/** Records the microphone. What comes out is what WhatsApp plays as a voice message wherever the browser can give Opus. */
import { oggOf, secondsOf } from './ogg';
import { opusOf } from './webm';

export interface Recording {
  /** How loud it is now, 0 to 1. */
  level: () => number;
  pause: () => void;
  resume: () => void;
  stop: () => Promise<Recorded>;
  discard: () => void;
}

export interface Recorded {
  file: File;
  /** Sent as a voice message; else as a sound file, because the browser makes no Opus. */
  voice: boolean;
  seconds: number | null;
}

const FORMS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];
const BITS_PER_SECOND = 24_000;

export async function record(name: string): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  const form = FORMS.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, { ...(form ? { mimeType: form } : {}), audioBitsPerSecond: BITS_PER_SECOND });
  const parts: Blob[] = [];
  const meter = meterOf(stream);
  recorder.ondataavailable = ({ data }) => { parts.push(data); };
  recorder.start(1000);
  const end = () => {
    meter.close();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    level: meter.level,
    pause: () => { recorder.pause(); },
    resume: () => { recorder.resume(); },
    discard: () => {
      if (recorder.state !== 'inactive') recorder.stop();
      end();
    },
    stop: () => new Promise((resolve, reject) => {
      recorder.onstop = () => {
        end();
        asVoice(new Blob(parts, { type: recorder.mimeType }), name).then(resolve, reject);
      };
      recorder.stop();
    }),
  };
}

/** WebM becomes Ogg packet by packet: nothing is encoded again. */
export async function asVoice(blob: Blob, name: string): Promise<Recorded> {
  const type = blob.type.split(';')[0]?.trim() ?? '';
  if (type === 'audio/ogg') return { file: new File([blob], `${name}.ogg`, { type }), voice: true, seconds: null };
  if (type !== 'audio/webm' && type !== 'video/webm') return { file: new File([blob], `${name}.m4a`, { type: 'audio/mp4' }), voice: false, seconds: null };
  const track = opusOf(new Uint8Array(await blob.arrayBuffer()));
  return { file: new File([oggOf(track)], `${name}.ogg`, { type: 'audio/ogg' }), voice: true, seconds: secondsOf(track) };
}

function meterOf(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: (): number => {
      analyser.getFloatTimeDomainData(samples);
      return Math.min(1, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) * 4);
    },
    close: (): void => { void context.close(); },
  };
}

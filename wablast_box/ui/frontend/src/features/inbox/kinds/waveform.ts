/** From a sound file to bars. Decoded at a low rate: enough for a picture of it. */
const RATE = 8_000;
const LARGEST = 4 * 1024 * 1024;
const LOWEST = 12;

export async function waveform(url: string, bars: number, signal: AbortSignal): Promise<number[]> {
  const answer = await fetch(url, { signal, credentials: 'same-origin' });
  if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > LARGEST) throw new Error('no sound to draw');
  const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await answer.arrayBuffer());
  return heights(sound.getChannelData(0), bars);
}

/** The loudest of each stretch, against the loudest of all. */
export function heights(samples: Float32Array, bars: number): number[] {
  const stretch = Math.max(1, Math.floor(samples.length / bars));
  const peaks = Array.from({ length: bars }, (_, bar) => peak(samples, bar * stretch, Math.min(samples.length, (bar + 1) * stretch)));
  const top = Math.max(...peaks, 0.001);
  return peaks.map((one) => Math.round(LOWEST + (100 - LOWEST) * (one / top)));
}

function peak(samples: Float32Array, from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at += 1) found = Math.max(found, Math.abs(samples[at] ?? 0));
  return found;
}

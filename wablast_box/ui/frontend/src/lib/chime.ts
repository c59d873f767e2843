/** Two soft notes, made here: no file to load. One tab plays it, however many are open. */
let context: AudioContext | undefined;
let last = 0;
const APART_MS = 1500;
const NOTES = [{ hertz: 659.3, at: 0 }, { hertz: 880, at: 0.13 }];

/** Browsers allow sound only after somebody has touched the page. */
export function allowSound(): void {
  const wake = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  window.addEventListener('pointerdown', wake, { once: true });
  window.addEventListener('keydown', wake, { once: true });
}

export async function chime(): Promise<void> {
  const moment = Date.now();
  if (moment - last < APART_MS) return;
  last = moment;
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) {
    play();
    return;
  }
  await locks.request('wablast-chime', { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    play();
    await new Promise((resolve) => { window.setTimeout(resolve, APART_MS); });
  });
}

export function play(): void {
  context ??= new AudioContext();
  const here = context;
  void here.resume().then(() => { for (const note of NOTES) ring(here, note.hertz, here.currentTime + note.at); });
}

function ring(here: AudioContext, hertz: number, at: number): void {
  const tone = here.createOscillator();
  const volume = here.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0008, at + 0.55);
  tone.connect(volume).connect(here.destination);
  tone.start(at);
  tone.stop(at + 0.6);
}

// Two soft notes when a message comes. Browsers allow sound only after the first touch or key.

let context = null;
const KEY = "wablast-phone-sound";

const wake = () => {
  try {
    context ??= new AudioContext();
    context.resume();
  } catch {
    context = null;
  }
};
for (const event of ["pointerdown", "keydown"]) addEventListener(event, wake, { once: true });

export function soundIsOn() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export function turnSound(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function chime() {
  if (!context || context.state !== "running" || !soundIsOn()) return;
  note(784, 0, 0.16);
  note(1047, 0.11, 0.34);
}

function note(frequency, after, length) {
  const start = context.currentTime + after;
  const tone = new OscillatorNode(context, { type: "sine", frequency });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.linearRampToValueAtTime(0.09, start + 0.015);
  loudness.gain.exponentialRampToValueAtTime(0.0005, start + length);
  tone.connect(loudness).connect(context.destination);
  tone.start(start);
  tone.stop(start + length);
}

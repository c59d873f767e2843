/** How loud a recording is along the way. Asked for when its player is in sight, and once only. */
import { type RefObject, useEffect, useState } from 'react';

const BARS = 36;
const FLAT = Array.from({ length: BARS }, () => 22);
const MOST = 300;
const known = new Map<string, number[]>();

export function useWaveform(url: string, node: RefObject<HTMLElement | null>): number[] {
  const [bars, setBars] = useState(known.get(url) ?? FLAT);
  useEffect(() => {
    const shown = node.current;
    // What this window is still sending can be played, but not read by a script of this page.
    if (!shown || url.startsWith('blob:') || known.has(url) || !('IntersectionObserver' in window)) return undefined;
    const given = new AbortController();
    const seer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seer.disconnect();
      void measure(url, given.signal).then((found) => { if (found && !given.signal.aborted) setBars(found); });
    });
    seer.observe(shown);
    return () => {
      seer.disconnect();
      given.abort();
    };
  }, [node, url]);
  return bars;
}

/** A browser that cannot decode it shows flat bars and plays what it can. */
async function measure(url: string, signal: AbortSignal): Promise<number[] | null> {
  try {
    const { waveform } = await import('./waveform');
    const bars = await waveform(url, BARS, signal);
    if (known.size >= MOST) known.clear();
    known.set(url, bars);
    return bars;
  } catch {
    return null;
  }
}

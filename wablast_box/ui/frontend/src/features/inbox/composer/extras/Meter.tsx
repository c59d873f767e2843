import { useEffect, useRef } from 'react';
import classes from './Extras.module.css';

interface MeterProps {
  level: () => number;
  running: boolean;
}

const BARS = 48;
const EVERY_MS = 80;

/** How loud it was, from left to right: that the microphone hears is seen at once. Drawn past React, ten times a second. */
export function Meter({ level, running }: MeterProps) {
  const bars = useRef<HTMLDivElement>(null);
  const latest = useRef(level);
  useEffect(() => { latest.current = level; });
  useEffect(() => {
    if (!running) return undefined;
    const heights = Array<number>(BARS).fill(0);
    const timer = window.setInterval(() => {
      heights.push(latest.current());
      heights.shift();
      [...(bars.current?.children ?? [])].forEach((bar, at) => { if (bar instanceof HTMLElement) bar.style.height = `${String(8 + (heights[at] ?? 0) * 92)}%`; });
    }, EVERY_MS);
    return () => { window.clearInterval(timer); };
  }, [running]);
  return <div ref={bars} className={classes.meter} aria-hidden>{Array.from({ length: BARS }, (_, at) => <i key={at} />)}</div>;
}

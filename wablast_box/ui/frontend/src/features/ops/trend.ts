/** What a figure was since the page was opened: real samples, nothing drawn in between. */
import { useState } from 'react';

const MOST = 120;

/** Remembers one more sample each time `at` moves. */
export function useTrend(at: number, value: number): number[] {
  const [samples, setSamples] = useState({ at, values: [value] });
  if (samples.at !== at) setSamples({ at, values: [...samples.values, value].slice(-MOST) });
  return samples.values;
}

/** A polyline in a box of 100 by 24: newest at the right edge, five seconds a step, zero at the bottom. */
export function points(values: readonly number[]): string {
  const top = Math.max(1, ...values);
  const step = 100 / Math.max(24, values.length - 1);
  return values.map((value, at) => `${(100 - (values.length - 1 - at) * step).toFixed(1)},${(23 - (value / top) * 21).toFixed(1)}`).join(' ');
}

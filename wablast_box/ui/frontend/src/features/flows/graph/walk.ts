/** Arrow keys on the canvas: the nearest node in that direction. Shift follows the wires instead. */
import type { Doc } from './document';
import type { Spot } from './types';

export type Way = 'left' | 'right' | 'up' | 'down';

const AHEAD: Record<Way, (by: Spot) => number> = { left: (by) => -by.x, right: (by) => by.x, up: (by) => -by.y, down: (by) => by.y };

export function walk(doc: Doc, from: string | null, way: Way, wires = false): string | null {
  const start = Object.values(doc.nodes).find((node) => node.type === 'start')?.id ?? Object.keys(doc.nodes)[0] ?? null;
  if (from === null) return start;
  if (wires && way === 'right') return doc.edges.find((edge) => edge.from === from)?.to ?? null;
  if (wires && way === 'left') return doc.edges.find((edge) => edge.to === from)?.from ?? null;
  const here = doc.layout[from];
  if (!here) return start;
  let best: { id: string; far: number } | null = null;
  for (const id of Object.keys(doc.nodes)) {
    const there = doc.layout[id];
    if (!there || id === from) continue;
    const by = { x: there.x - here.x, y: there.y - here.y };
    const ahead = AHEAD[way](by);
    const aside = Math.abs(way === 'left' || way === 'right' ? by.y : by.x);
    if (ahead <= 4) continue;
    const far = ahead + aside * 2;
    if (!best || far < best.far) best = { id, far };
  }
  return best?.id ?? null;
}

/** Tidy up: from left to right, branches below each other in the order of their outputs. Nothing overlaps, no branch crosses its sister. */
import type { Doc } from './document';
import type { Spot } from './types';

export interface Size {
  width: number;
  height: number;
}

const ACROSS = 90;
const BELOW = 44;
const USUAL: Size = { width: 262, height: 150 };

/** Each node hangs at the first way that leads to it; other ways to it are wires across. */
interface Branch {
  id: string;
  children: Branch[];
}

export function tidy(doc: Doc, sizes: ReadonlyMap<string, Size>, ids: readonly string[], order: (node: string, output: string) => number): Record<string, Spot> {
  const inside = new Set(ids);
  const ways = new Map<string, string[]>();
  const wires = doc.edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to)).sort((a, b) => order(a.from, a.output) - order(b.from, b.output));
  for (const edge of wires) ways.set(edge.from, [...(ways.get(edge.from) ?? []), edge.to]);
  const entered = new Set(wires.map((edge) => edge.to));
  const start = ids.find((id) => doc.nodes[id]?.type === 'start');
  const roots = [...(start ? [start] : []), ...ids.filter((id) => !entered.has(id)), ...ids];
  const ranks = ranksOf(roots, ways);
  const hung = new Set<string>();
  const hang = (id: string): Branch => {
    hung.add(id);
    const children: Branch[] = [];
    // A node stands behind the furthest of those that lead to it: it hangs there, so that wires go to the right.
    for (const to of ways.get(id) ?? []) if (!hung.has(to) && (ranks.get(to) ?? 0) === (ranks.get(id) ?? 0) + 1) children.push(hang(to));
    return { id, children };
  };
  const trees = roots.flatMap((id) => (hung.has(id) ? [] : [hang(id)]));
  const left = columns(ranks, sizes);
  const found: Record<string, Spot> = {};
  trees.reduce((top, tree) => top + place(tree, top, found, sizes, (id) => left[ranks.get(id) ?? 0] ?? 0) + BELOW, 0);
  return atCorner(doc, ids, found);
}

/** How far from the beginning: the longest way there. A way back to where one came from does not count. */
function ranksOf(roots: readonly string[], ways: ReadonlyMap<string, string[]>): Map<string, number> {
  const ranks = new Map<string, number>();
  const sorted: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const back = new Set<string>();
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const to of ways.get(id) ?? []) {
      if (state.get(to) === 'open') back.add(`${id} ${to}`);
      else if (!state.has(to)) visit(to);
    }
    state.set(id, 'done');
    sorted.push(id);
  };
  for (const id of roots) if (!state.has(id)) visit(id);
  for (const id of sorted.reverse()) {
    const rank = ranks.get(id) ?? 0;
    ranks.set(id, rank);
    for (const to of ways.get(id) ?? []) if (!back.has(`${id} ${to}`)) ranks.set(to, Math.max(ranks.get(to) ?? 0, rank + 1));
  }
  return ranks;
}

function columns(ranks: ReadonlyMap<string, number>, sizes: ReadonlyMap<string, Size>): number[] {
  const widths: number[] = [];
  for (const [id, rank] of ranks) widths[rank] = Math.max(widths[rank] ?? 0, (sizes.get(id) ?? USUAL).width);
  let x = 0;
  return Array.from(widths, (width) => {
    const here = x;
    x += (width ?? USUAL.width) + ACROSS;
    return here;
  });
}

/** Puts a branch below `top`; how much room it takes. */
function place(branch: Branch, top: number, found: Record<string, Spot>, sizes: ReadonlyMap<string, Size>, leftOf: (id: string) => number): number {
  const { height } = sizes.get(branch.id) ?? USUAL;
  let room = 0;
  for (const child of branch.children) room += place(child, top + room, found, sizes, leftOf) + BELOW;
  room = Math.max(0, room - BELOW);
  const [first, last] = [branch.children[0], branch.children.at(-1)];
  const middle = first && last ? ((found[first.id]?.y ?? 0) + (found[last.id]?.y ?? 0) + (sizes.get(last.id) ?? USUAL).height) / 2 : top + height / 2;
  const y = Math.max(top, middle - height / 2);
  found[branch.id] = { x: Math.round(leftOf(branch.id) / 10) * 10, y: Math.round(y / 10) * 10 };
  return Math.max(room, y - top + height);
}

/** A part that was tidied stays where it was: its corner does not move. */
function atCorner(doc: Doc, ids: readonly string[], found: Record<string, Spot>): Record<string, Spot> {
  const corner = (all: (Spot | undefined)[]) => ({ x: Math.min(...all.map((one) => one?.x ?? 0)), y: Math.min(...all.map((one) => one?.y ?? 0)) });
  const [was, is] = [corner(ids.map((id) => doc.layout[id])), corner(Object.values(found))];
  return Object.fromEntries(Object.entries(found).map(([id, spot]) => [id, { x: spot.x + was.x - is.x, y: spot.y + was.y - is.y }]));
}

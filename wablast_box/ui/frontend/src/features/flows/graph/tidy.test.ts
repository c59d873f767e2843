import { expect, test } from 'vitest';
import { open } from './document';
import { tidy } from './tidy';
import type { GraphEdge } from './types';

const draw = (edges: [string, string, string][], ids: string[]) => open({
  nodes: ids.map((id) => ({ id, type: id === 'start' ? 'start' : 'send_message', version: 1, data: {} })),
  edges: edges.map(([from, output, to]): GraphEdge => ({ from, output, to })),
});
const order = (_: string, output: string) => ['next', 'yes', 'no', 'error'].indexOf(output);
const EDGES: [string, string, string][] = [['start', 'next', 'a'], ['a', 'no', 'c'], ['a', 'yes', 'b'], ['b', 'next', 'd'], ['c', 'next', 'd'], ['d', 'next', 'a']];

test('ways go to the right, branches stand in the order of their outputs, and a loop does no harm', () => {
  const ids = ['d', 'c', 'b', 'a', 'start', 'alone'];
  const at = tidy(draw(EDGES, ids), new Map(), ids, order);
  const [start, a, b, c, d, alone] = ['start', 'a', 'b', 'c', 'd', 'alone'].map((id) => at[id] ?? { x: NaN, y: NaN });
  expect([start, a, b, d].map((one) => one?.x)).toEqual([...new Set([start, a, b, d].map((one) => one?.x))].sort((one, other) => (one ?? 0) - (other ?? 0)));
  expect(b?.x).toBe(c?.x);
  expect(b?.y).toBeLessThan(c?.y ?? 0);
  expect(alone?.y).toBeGreaterThan(c?.y ?? 0);
});

test('no two nodes overlap, whatever the wires', () => {
  const ids = ['start', ...Array.from({ length: 40 }, (_, at) => `n${String(at)}`)];
  const edges = ids.flatMap((from, at): [string, string, string][] => [['yes', 7], ['no', 11], ['error', 3]].map(([output, by]) => [from, String(output), ids[((at + 1) * Number(by)) % ids.length] ?? 'n0']));
  const sizes = new Map(ids.map((id, at) => [id, { width: 262, height: 80 + ((at * 37) % 200) }]));
  const spots = Object.entries(tidy(draw(edges.filter(([, , to]) => to !== 'start'), ids), sizes, ids, order));
  expect(spots).toHaveLength(ids.length);
  const overlaps = spots.filter(([id, one], at) => spots.slice(at + 1).some(([other, two]) =>
    one.x < two.x + 262 && two.x < one.x + 262 && one.y < two.y + (sizes.get(other)?.height ?? 0) && two.y < one.y + (sizes.get(id)?.height ?? 0)));
  expect(overlaps).toEqual([]);
});

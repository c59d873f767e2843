/** Tidy up: from left to right, branches in the order of their outputs. The layout code is loaded when somebody asks for it. */
import type { Doc } from './document';
import type { Spot } from './types';

export interface Size {
  width: number;
  height: number;
}

export async function tidy(doc: Doc, sizes: ReadonlyMap<string, Size>, ids: readonly string[], order: (node: string, output: string) => number): Promise<Record<string, Spot>> {
  const dagre = await import('@dagrejs/dagre');
  const graph = new dagre.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 44, ranksep: 96, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  const inside = new Set(ids);
  const wires = doc.edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to)).sort((a, b) => order(a.from, a.output) - order(b.from, b.output));
  for (const id of ids) graph.setNode(id, { ...(sizes.get(id) ?? { width: 262, height: 150 }) });
  for (const edge of wires) graph.setEdge(edge.from, edge.to);
  dagre.layout(graph);
  const found: Record<string, Spot> = {};
  for (const id of ids) {
    const { x, y, width, height } = graph.node(id) as Spot & Size;
    found[id] = { x: Math.round((x - width / 2) / 10) * 10, y: Math.round((y - height / 2) / 10) * 10 };
  }
  // A part that was tidied stays where it was: its corner does not move.
  const corner = (all: (Spot | undefined)[]) => ({ x: Math.min(...all.map((one) => one?.x ?? 0)), y: Math.min(...all.map((one) => one?.y ?? 0)) });
  const [was, is] = [corner(ids.map((id) => doc.layout[id])), corner(Object.values(found))];
  return Object.fromEntries(Object.entries(found).map(([id, spot]) => [id, { x: spot.x + was.x - is.x, y: spot.y + was.y - is.y }]));
}

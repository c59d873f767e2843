/** What became of the nodes between two versions. */
import type { Graph, GraphNode } from './types';

export interface Diff {
  added: GraphNode[];
  removed: GraphNode[];
  changed: GraphNode[];
}

/** What a node means: its data and where its ways lead. Where it stands on the canvas is no change. */
const meaning = (graph: Graph, node: GraphNode): string => {
  const ways = graph.edges.filter((edge) => edge.from === node.id).map((edge) => `${edge.output}>${edge.to}`).sort();
  const said = Object.entries(graph.texts ?? {}).flatMap(([code, nodes]) => (nodes[node.id] ? [[code, nodes[node.id]]] : [])).sort();
  return ordered([node.type, node.version, node.name ?? '', node.disabled ?? false, node.data, ways, said]);
};

const ordered = (value: unknown): string => JSON.stringify(value, (_, part: unknown) =>
  (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));

export function compare(before: Graph, after: Graph): Diff {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const now = new Set(after.nodes.map((node) => node.id));
  return {
    added: after.nodes.filter((node) => !old.has(node.id)),
    removed: before.nodes.filter((node) => !now.has(node.id)),
    changed: after.nodes.filter((node) => {
      const was = old.get(node.id);
      return was !== undefined && meaning(before, was) !== meaning(after, node);
    }),
  };
}

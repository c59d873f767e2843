/** Copying as JSON through the system's clipboard: into another flow, another box, or a chat. */
import { type Doc, newId } from './document';
import { items } from './outputs';
import { readLanguages, readTexts, textsOf } from './texts';
import type { Graph, GraphEdge, GraphNode, Note, Spot } from './types';

const MARK = 'wablast_flow';

export const pack = (graph: Partial<Graph>): string => JSON.stringify({ [MARK]: 1, ...graph }, null, 2);

/** What is selected, with the wires between; the start is never copied. */
export function cut(doc: Doc, ids: ReadonlySet<string>): Partial<Graph> {
  const nodes = Object.values(doc.nodes).filter((node) => ids.has(node.id) && node.type !== 'start');
  const inside = new Set(nodes.map((node) => node.id));
  return {
    nodes,
    edges: doc.edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to)),
    layout: Object.fromEntries(nodes.flatMap((node) => (doc.layout[node.id] ? [[node.id, doc.layout[node.id] as Spot]] : []))),
    notes: Object.values(doc.notes).filter((note) => ids.has(note.id)),
    groups: doc.groups.filter((group) => group.nodes.every((id) => inside.has(id))),
    ...(doc.languages.others.length > 0 ? { languages: doc.languages, texts: textsOf(doc.texts, doc.languages.others, (id) => (inside.has(id) ? id : undefined)) } : {}),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Reads what somebody pasted or chose as a file; null when it is no flow. */
export function unpack(text: string): Partial<Graph> | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const graph = isRecord(found) && isRecord(found['graph']) ? found['graph'] : found;
  if (!isRecord(graph) || !Array.isArray(graph['nodes'])) return null;
  const nodes = list(graph['nodes']).flatMap((one): GraphNode[] => (typeof one['id'] === 'string' && typeof one['type'] === 'string'
    ? [{ ...one, id: one['id'], type: one['type'], version: Number(one['version'] ?? 1), data: isRecord(one['data']) ? one['data'] : {} }] : []));
  const edges = list(graph['edges']).flatMap((one): GraphEdge[] => (typeof one['from'] === 'string' && typeof one['output'] === 'string' && typeof one['to'] === 'string'
    ? [{ from: one['from'], output: one['output'], to: one['to'] }] : []));
  const layout = Object.fromEntries(Object.entries(isRecord(graph['layout']) ? graph['layout'] : {}).flatMap(([id, spot]) =>
    (isRecord(spot) && typeof spot['x'] === 'number' && typeof spot['y'] === 'number' ? [[id, { x: spot['x'], y: spot['y'] }]] : [])));
  const notes = list(graph['notes']).filter((one) => typeof one['id'] === 'string' && typeof one['text'] === 'string' && typeof one['x'] === 'number' && typeof one['y'] === 'number') as unknown as Note[];
  const groups = list(graph['groups']).flatMap((one) => (typeof one['id'] === 'string' && Array.isArray(one['nodes'])
    ? [{ id: one['id'], name: String(one['name'] ?? ''), nodes: one['nodes'].filter((id): id is string => typeof id === 'string'), collapsed: one['collapsed'] === true, color: String(one['color'] ?? 'iris') }] : []));
  const languages = readLanguages(graph['languages']);
  return { nodes, edges, layout, notes, groups, ...(languages ? { languages, texts: readTexts(graph['texts']) } : {}) };
}

export interface Pasted {
  doc: Doc;
  ids: Set<string>;
}

/** Pastes with new ids: of nodes, and of their items, so that no two buttons of a flow are the same. */
export function paste(doc: Doc, graph: Partial<Graph>, by: Spot | { at: Spot }): Pasted {
  const copied = (graph.nodes ?? []).filter((node) => node.type !== 'start');
  const shift = 'at' in by ? shiftTo(graph, by.at) : by;
  const ids = new Map(copied.map((node) => [node.id, newId('n')]));
  const outputs = new Map<string, string>();
  const nodes = copied.map((node) => ({ ...node, id: ids.get(node.id) ?? node.id, data: renewed(node, outputs) }));
  const placed = (spot: Spot | undefined): Spot => ({ x: (spot?.x ?? 0) + shift.x, y: (spot?.y ?? 0) + shift.y });
  const edges = (graph.edges ?? []).flatMap((edge): GraphEdge[] => {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    return from && to ? [{ from, to, output: outputs.get(`${edge.from}:${edge.output}`) ?? edge.output }] : [];
  });
  const notes = (graph.notes ?? []).map((note) => ({ ...note, ...placed(note), id: newId('s') }));
  const groups = (graph.groups ?? []).map((one) => ({ ...one, id: newId('g'), nodes: one.nodes.flatMap((id) => ids.get(id) ?? []) })).filter((one) => one.nodes.length > 0);
  // A flow of one language takes over those that come along; any other knows its own.
  const languages = doc.languages.others.length > 0 ? doc.languages : (graph.languages ?? doc.languages);
  const texts = textsOf(graph.texts ?? {}, languages.others, (id) => ids.get(id), (node, one) => outputs.get(`${node}:${one}`) ?? one);
  return {
    ids: new Set([...nodes, ...notes].map((one) => one.id)),
    doc: {
      nodes: { ...doc.nodes, ...Object.fromEntries(nodes.map((node) => [node.id, node])) },
      edges: [...doc.edges, ...edges],
      layout: { ...doc.layout, ...Object.fromEntries(copied.map((node) => [ids.get(node.id) ?? node.id, placed(graph.layout?.[node.id])])) },
      notes: { ...doc.notes, ...Object.fromEntries(notes.map((note) => [note.id, note])) },
      groups: [...doc.groups, ...groups],
      languages: { ...languages, main: doc.languages.main, others: languages.others.filter((code) => code !== doc.languages.main) },
      texts: Object.fromEntries(languages.others.map((code) => [code, { ...doc.texts[code], ...texts[code] }])),
    },
  };
}

function shiftTo(graph: Partial<Graph>, at: Spot): Spot {
  const spots = [...Object.values(graph.layout ?? {}), ...(graph.notes ?? [])];
  if (spots.length === 0) return at;
  return { x: at.x - Math.min(...spots.map((one) => one.x)), y: at.y - Math.min(...spots.map((one) => one.y)) };
}

function renewed(node: GraphNode, outputs: Map<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node.data).map(([name, value]) => {
    const all = items(value);
    if (all.length === 0 || !Array.isArray(value) || all.length !== value.length) return [name, value];
    return [name, all.map((one) => {
      const id = newId('i');
      outputs.set(`${node.id}:${one.id}`, id);
      return { ...one, id };
    })];
  }));
}

/**
 * A flow while it is edited. Nothing is changed in place: what did not change stays the same object, so it is not drawn again.
 * A step may be called `constructor` or `__proto__`: objects by id are made of entries, never filled by assignment.
 */
import { items } from './outputs';
import type { Data, Graph, GraphEdge, GraphNode, Group, Kind, Languages, Note, Spot, Texts } from './types';

export interface Doc {
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly edges: readonly GraphEdge[];
  readonly layout: Readonly<Record<string, Spot>>;
  readonly notes: Readonly<Record<string, Note>>;
  readonly groups: readonly Group[];
  readonly languages: Languages;
  readonly texts: Texts;
}

export type Kinds = ReadonlyMap<string, Kind>;

const ENGLISH: Languages = { main: 'en', others: [] };
export const EMPTY: Doc = { nodes: {}, edges: [], layout: {}, notes: {}, groups: [], languages: ENGLISH, texts: {} };

const byId = <T extends { id: string }>(all: readonly T[] | undefined): Record<string, T> => Object.fromEntries((all ?? []).map((one) => [one.id, one]));

export function open(graph: Partial<Graph>): Doc {
  const nodes = byId(graph.nodes);
  const given = new Map(Object.entries(graph.layout ?? {}));
  Object.keys(nodes).forEach((id, at) => { if (!given.has(id)) given.set(id, { x: (at % 6) * 330, y: Math.floor(at / 6) * 260 }); });
  const layout = Object.fromEntries(given);
  return { nodes, edges: graph.edges ?? [], layout, notes: byId(graph.notes), groups: graph.groups ?? [], languages: { ...ENGLISH, ...graph.languages }, texts: graph.texts ?? {} };
}

export const close = (doc: Doc): Graph => ({
  nodes: Object.values(doc.nodes),
  edges: [...doc.edges],
  layout: Object.fromEntries(Object.keys(doc.nodes).flatMap((id) => (doc.layout[id] ? [[id, doc.layout[id]]] : []))),
  notes: Object.values(doc.notes),
  groups: [...doc.groups],
  ...(doc.languages.others.length > 0 || doc.languages.main !== ENGLISH.main ? { languages: doc.languages, texts: doc.texts } : {}),
});

export const newId = (before: string): string => before + Math.random().toString(36).slice(2, 9);

/** A new node's data: what its fields say; as many items as it needs at least. */
export function blank(kind: Kind): Data {
  return Object.fromEntries(Object.entries(kind.fields.properties).flatMap(([name, field]) => {
    if (field.default !== undefined) return [[name, field.default]];
    if (field['x-widget'] === 'items' && field.minItems) return [[name, Array.from({ length: field.minItems }, () => ({ id: newId('i') }))]];
    return [];
  }));
}

export function addNode(doc: Doc, kind: Kind, at: Spot, id = newId('n')): Doc {
  const node: GraphNode = { id, type: kind.type, version: kind.version, data: blank(kind) };
  return { ...doc, nodes: { ...doc.nodes, [id]: node }, layout: { ...doc.layout, [id]: at } };
}

export const changeNode = (doc: Doc, id: string, change: Partial<GraphNode>): Doc => {
  const node = doc.nodes[id];
  return node ? { ...doc, nodes: { ...doc.nodes, [id]: { ...node, ...change } } } : doc;
};

/** Sets a field; a way out whose item is gone loses its wire. */
export function setField(doc: Doc, kinds: Kinds, id: string, field: string, value: unknown): Doc {
  const node = doc.nodes[id];
  if (!node) return doc;
  const changed = changeNode(doc, id, { data: { ...node.data, [field]: value } });
  if (kinds.get(node.type)?.outputs_from?.field !== field) return changed;
  const left = new Set(items(value).map((one) => one.id));
  const gone = new Set(items(node.data[field]).flatMap((one) => (left.has(one.id) ? [] : [one.id])));
  return gone.size > 0 ? { ...changed, edges: doc.edges.filter((edge) => edge.from !== id || !gone.has(edge.output)) } : changed;
}

/** May this wire be? Never into the start, never onto itself by the same output twice. */
export function mayConnect(doc: Doc, edge: GraphEdge): boolean {
  const [from, to] = [doc.nodes[edge.from], doc.nodes[edge.to]];
  return from !== undefined && to !== undefined && to.type !== 'start' && edge.output !== '';
}

/** An output has one wire: the new one takes the place of the former. */
export function connect(doc: Doc, edge: GraphEdge): Doc {
  if (!mayConnect(doc, edge)) return doc;
  return { ...doc, edges: [...doc.edges.filter((one) => one.from !== edge.from || one.output !== edge.output), edge] };
}

/** The start stays: a flow without it cannot begin. */
export function remove(doc: Doc, ids: ReadonlySet<string>, wires: ReadonlySet<string> = new Set()): Doc {
  const gone = new Set([...ids].filter((id) => doc.nodes[id]?.type !== 'start'));
  const keep = <T>(all: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(all).filter(([id]) => !gone.has(id)));
  return {
    ...doc,
    nodes: keep(doc.nodes),
    layout: keep(doc.layout),
    notes: keep(doc.notes),
    edges: doc.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to) && !wires.has(`${edge.from}:${edge.output}`)),
    groups: doc.groups.flatMap((group) => {
      const nodes = group.nodes.filter((id) => !gone.has(id));
      return gone.has(group.id) || nodes.length === 0 ? [] : [nodes.length === group.nodes.length ? group : { ...group, nodes }];
    }),
  };
}

export function move(doc: Doc, to: Readonly<Record<string, Spot>>): Doc {
  const notes = new Map(Object.entries(doc.notes));
  const layout = new Map(Object.entries(doc.layout));
  for (const [id, spot] of Object.entries(to)) {
    const note = notes.get(id);
    if (note) notes.set(id, { ...note, x: spot.x, y: spot.y });
    else if (doc.nodes[id]) layout.set(id, spot);
  }
  return { ...doc, notes: Object.fromEntries(notes), layout: Object.fromEntries(layout) };
}

export const changeNote = (doc: Doc, id: string, change: Partial<Note>): Doc => {
  const note = doc.notes[id];
  return note ? { ...doc, notes: { ...doc.notes, [id]: { ...note, ...change } } } : doc;
};

export const changeGroup = (doc: Doc, id: string, change: Partial<Group>): Doc =>
  ({ ...doc, groups: doc.groups.map((group) => (group.id === id ? { ...group, ...change } : group)) });

/** A node belongs to one group at most. */
export function group(doc: Doc, ids: readonly string[], name: string, id = newId('g')): Doc {
  const members = ids.filter((one) => doc.nodes[one]);
  if (members.length === 0) return doc;
  const others = doc.groups.map((one) => ({ ...one, nodes: one.nodes.filter((node) => !members.includes(node)) })).filter((one) => one.nodes.length > 0);
  return { ...doc, groups: [...others, { id, name, nodes: members, collapsed: false, color: 'iris' }] };
}

export const ungroup = (doc: Doc, id: string): Doc => ({ ...doc, groups: doc.groups.filter((one) => one.id !== id) });

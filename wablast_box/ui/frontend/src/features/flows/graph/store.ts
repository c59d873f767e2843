/** One open flow: the document, what is drawn of it, what is selected, and every step back. */
import { applyEdgeChanges, applyNodeChanges, type Edge, type EdgeChange, type Node, type NodeChange } from '@xyflow/react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Doc, type Kinds, move, open } from './document';
import { drawNodes, drawWires } from './drawing';
import type { Graph, Pin, Spot, Trouble } from './types';

const STEPS = 100;
/** Typing in one field is one step back, as long as one does not stop. */
const PAUSE_MS = 1200;

/** Where a new step goes: a place on the canvas, and perhaps the output or wire it is put behind. */
export interface Adding {
  screen: Spot;
  at: Spot;
  from?: { node: string; output: string };
  /** The node that the new one leads to: the wire was cut open. */
  to?: string;
}

export interface Lit {
  /** The order in which nodes were passed. */
  nodes: Readonly<Record<string, number>>;
  wires: ReadonlySet<string>;
  at: string | null;
}

export interface Counts {
  nodes: Readonly<Record<string, { visits: number; left: number }>>;
  wires: Readonly<Record<string, number>>;
}

export interface EditorState {
  doc: Doc;
  kinds: Kinds;
  canvas: Node[];
  wires: Edge[];
  past: readonly Doc[];
  future: readonly Doc[];
  readOnly: boolean;
  troubles: Readonly<Record<string, readonly Trouble[]>>;
  adding: Adding | null;
  lit: Lit | null;
  counts: Counts | null;
  /** A field that the problems list jumped to. */
  wanted: { node: string; field: string } | null;
  renaming: string | null;
  /** What test runs give a step instead of the world. */
  pins: Readonly<Record<string, Pin>>;
  /** In which language the canvas and the test run show the flow; null: in its own. */
  language: string | null;
  /** The sheet of translations is open, at this language; empty: at whichever. */
  translating: string | null;
  change: (to: (doc: Doc) => Doc, options?: { merge?: string; choose?: ReadonlySet<string> }) => void;
  undo: () => void;
  redo: () => void;
  load: (graph: Partial<Graph>) => void;
  choose: (ids: Iterable<string>) => void;
  nodesChanged: (changes: NodeChange[]) => void;
  wiresChanged: (changes: EdgeChange[]) => void;
  dropped: () => void;
}

export type EditorStore = StoreApi<EditorState>;

export function createEditor(graph: Partial<Graph>, kinds: Kinds, readOnly = false): EditorStore {
  let lastMerge: { key: string; at: number } | null = null;
  const doc = open(graph);
  return createStore<EditorState>((set, get) => {
    const show = (next: Doc, chosen?: ReadonlySet<string>) => ({ doc: next, canvas: drawNodes(next, get().canvas, chosen), wires: drawWires(next, get().wires) });
    return {
      doc, kinds, readOnly, canvas: drawNodes(doc, []), wires: drawWires(doc, []), past: [], future: [], troubles: {}, adding: null, lit: null, counts: null, wanted: null, renaming: null, pins: {}, language: null, translating: null,
      change: (to, { merge, choose } = {}) => {
        const { doc: was, past, readOnly: locked } = get();
        const next = to(was);
        if (next === was || locked) return;
        const goesOn = merge !== undefined && lastMerge?.key === merge && Date.now() - lastMerge.at < PAUSE_MS && past.length > 0;
        lastMerge = merge === undefined ? null : { key: merge, at: Date.now() };
        set({ ...show(next, choose), past: goesOn ? past : [...past, was].slice(-STEPS), future: [] });
      },
      undo: () => {
        const { past, future, doc: now } = get();
        const back = past.at(-1);
        lastMerge = null;
        if (back) set({ ...show(back), past: past.slice(0, -1), future: [...future, now] });
      },
      redo: () => {
        const { past, future, doc: now } = get();
        const next = future.at(-1);
        lastMerge = null;
        if (next) set({ ...show(next), past: [...past, now], future: future.slice(0, -1) });
      },
      load: (other) => { get().change(() => open(other), { choose: new Set() }); },
      choose: (ids) => {
        const chosen = new Set(ids);
        set({ canvas: drawNodes(get().doc, get().canvas, chosen) });
      },
      nodesChanged: (changes) => {
        const wanted = withMembers(changes.filter((one) => one.type !== 'remove'), get());
        const canvas = applyNodeChanges(wanted, get().canvas);
        const measured = get().doc.groups.length > 0 && wanted.some((one) => one.type === 'dimensions');
        set({ canvas: measured ? drawNodes(get().doc, canvas) : canvas });
      },
      wiresChanged: (changes) => { set({ wires: applyEdgeChanges(changes.filter((one) => one.type !== 'remove'), get().wires) }); },
      dropped: () => { get().change((was) => moved(was, get().canvas)); },
    };
  });
}

/** A group's frame takes its nodes along. */
function withMembers(changes: NodeChange[], { doc, canvas }: EditorState): NodeChange[] {
  if (doc.groups.length === 0) return changes;
  const moving = new Set(changes.flatMap((one) => (one.type === 'position' ? [one.id] : [])));
  const along = changes.flatMap((one): NodeChange[] => {
    const frame = one.type === 'position' && one.position ? doc.groups.find((group) => group.id === one.id) : undefined;
    const was = frame && canvas.find((node) => node.id === frame.id)?.position;
    if (one.type !== 'position' || !one.position || !frame || !was) return [];
    const by = { x: one.position.x - was.x, y: one.position.y - was.y };
    return canvas.flatMap((node): NodeChange[] => (frame.nodes.includes(node.id) && !moving.has(node.id)
      ? [{ type: 'position', id: node.id, position: { x: node.position.x + by.x, y: node.position.y + by.y } }] : []));
  });
  return [...changes, ...along];
}

/** Takes over where things were dragged to. */
function moved(doc: Doc, canvas: readonly Node[]): Doc {
  const to: Record<string, Spot> = {};
  for (const { id, position } of canvas) {
    const at = doc.layout[id] ?? doc.notes[id];
    if (at && (at.x !== position.x || at.y !== position.y)) to[id] = position;
  }
  return Object.keys(to).length > 0 ? move(doc, to) : doc;
}

export const chosenOf = (state: EditorState): string[] => state.canvas.filter((node) => node.selected && !node.hidden).map((node) => node.id);

/** The one selected step, or null: what the form on the side is about. */
export const theOne = (state: EditorState): string | null => {
  const chosen = state.canvas.filter((node) => node.selected && !node.hidden);
  const [first] = chosen;
  return chosen.length === 1 && first?.type === 'step' ? first.id : null;
};

/** The document as React Flow draws it. What stayed the same stays the same object, so that only changed cards are drawn anew. */
import type { Edge, Node } from '@xyflow/react';
import type { Doc } from './document';
import { wireId } from './outputs';
import type { Group, Spot } from './types';

const NOTHING: Record<string, never> = {};
const PAD = 22;
const HEAD = 30;
/** Before a card was measured. */
export const SIZE = { width: 262, height: 150 };
export const FOLDED = { width: 220, height: 62 };

export type Canvas = readonly Node[];

export function drawNodes(doc: Doc, before: Canvas, chosen?: ReadonlySet<string>): Node[] {
  const was = new Map(before.map((node) => [node.id, node]));
  const hidden = new Set(doc.groups.filter((one) => one.collapsed).flatMap((one) => one.nodes));
  const selected = (id: string) => (chosen ? chosen.has(id) : was.get(id)?.selected === true);
  const steps = Object.keys(doc.nodes).map((id) => same(was.get(id), {
    id, type: 'step', position: doc.layout[id] ?? { x: 0, y: 0 }, data: NOTHING, hidden: hidden.has(id), selected: selected(id),
    initialWidth: SIZE.width, initialHeight: SIZE.height,
  }));
  const notes = Object.values(doc.notes).map((note) => same(was.get(note.id), {
    id: note.id, type: 'note', position: note, data: NOTHING, width: note.width, height: note.height, selected: selected(note.id), zIndex: -1,
  }));
  const placed = new Map([...before, ...steps].map((node) => [node.id, node]));
  const groups = doc.groups.map((one) => {
    const frame = frameOf(one, doc, placed);
    return same(was.get(one.id), { id: one.id, type: 'group-frame', data: NOTHING, selected: selected(one.id), zIndex: one.collapsed ? 0 : -2, ...frame });
  });
  return [...groups, ...notes, ...steps];
}

/** The rectangle around a group's nodes; folded, a card at its corner. */
export function frameOf(one: Group, doc: Doc, placed: ReadonlyMap<string, Node>): { position: Spot; width: number; height: number } {
  const boxes = one.nodes.flatMap((id) => {
    const at = doc.layout[id];
    const measured = placed.get(id)?.measured;
    return at ? [{ ...at, right: at.x + (measured?.width ?? SIZE.width), bottom: at.y + (measured?.height ?? SIZE.height) }] : [];
  });
  const position = { x: Math.min(...boxes.map((box) => box.x)) - PAD, y: Math.min(...boxes.map((box) => box.y)) - PAD - HEAD };
  if (one.collapsed) return { position, ...FOLDED };
  return { position, width: Math.max(...boxes.map((box) => box.right)) + PAD - position.x, height: Math.max(...boxes.map((box) => box.bottom)) + PAD - position.y };
}

/** Keeps the object, with what React Flow measured, when nothing about it changed. */
function same(was: Node | undefined, now: Node): Node {
  if (!was) return now;
  const stays = was.position.x === now.position.x && was.position.y === now.position.y && was.hidden === now.hidden && was.selected === now.selected
    && was.width === now.width && was.height === now.height && was.zIndex === now.zIndex;
  return stays ? was : { ...was, ...now, measured: was.measured };
}

export function drawWires(doc: Doc, before: readonly Edge[]): Edge[] {
  const was = new Map(before.map((wire) => [wire.id, wire]));
  const folded = new Map(doc.groups.filter((one) => one.collapsed).flatMap((one) => one.nodes.map((id) => [id, one.id] as const)));
  return doc.edges.flatMap((edge) => {
    const [from, to] = [folded.get(edge.from), folded.get(edge.to)];
    if (from !== undefined && from === to) return [];
    const now: Edge = { id: wireId(edge.from, edge.output), source: from ?? edge.from, sourceHandle: from ? 'out' : edge.output, target: to ?? edge.to, targetHandle: 'in', type: 'wire' };
    const old = was.get(now.id);
    const stays = old && old.source === now.source && old.sourceHandle === now.sourceHandle && old.target === now.target;
    return [stays ? old : { ...now, selected: old?.selected }];
  });
}

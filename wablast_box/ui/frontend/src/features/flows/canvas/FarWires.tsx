import { type Edge, getBezierPath, type Handle, type InternalNode, Position, type ReactFlowState, useStore, useStoreApi, ViewportPortal } from '@xyflow/react';
import { useEditor } from '../graph/context';
import type { Lit } from '../graph/store';
import type { Spot } from '../graph/types';
import { useFar } from './far';
import classes from './Canvas.module.css';

type Tone = 'plain' | 'error' | 'ran' | 'dim';
// Lines of one part of the canvas are one path: what is out of sight is then skipped as a whole.
const PART = 1000;
type Lookup = ReactFlowState['nodeLookup'];

const nodesOf = (state: ReactFlowState) => state.nodes;

/** All wires as a handful of lines: hundreds of wires that each know whether they are pointed at are for who stands near. */
export function FarWires() {
  return useFar() ? <Lines /> : null;
}

function Lines() {
  const flow = useStoreApi();
  const wires = useEditor((state) => state.wires);
  const lit = useEditor((state) => state.lit);
  useStore(nodesOf);
  const lines = new Map<string, string>();
  const add = (key: string, path: string) => { lines.set(key, (lines.get(key) ?? '') + path); };
  for (const wire of wires) {
    const drawn = lineOf(wire, flow.getState().nodeLookup);
    if (!drawn) continue;
    const { from, path } = drawn;
    const part = `${String(Math.floor(from.x / PART))}:${String(Math.floor(from.y / PART))}`;
    add(`${toneOf(wire.id, lit)}:${part}`, path);
    add(`ends:${part}`, `M${String(from.x - 6)} ${String(from.y)}h0`);
  }
  return (
    <ViewportPortal>
      <svg className={classes.farWires} aria-hidden>{[...lines].map(([key, path]) => <path key={key} data-tone={key.slice(0, key.indexOf(':'))} d={path} />)}</svg>
    </ViewportPortal>
  );
}

function lineOf({ source, sourceHandle, target, targetHandle }: Edge, nodes: Lookup): { from: Spot; path: string } | null {
  const from = placeOf(nodes.get(source), 'source', sourceHandle);
  const to = placeOf(nodes.get(target), 'target', targetHandle);
  if (!from || !to) return null;
  const [path] = getBezierPath({ sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y, sourcePosition: Position.Right, targetPosition: Position.Left, curvature: 0.32 });
  return { from, path };
}

/** Wires leave a handle at its right and come in at its left. */
function placeOf(node: InternalNode | undefined, type: 'source' | 'target', id: string | null | undefined): Spot | null {
  const handle = node?.internals.handleBounds?.[type]?.find((one: Handle) => one.id === id);
  if (!node || node.hidden || !handle) return null;
  const { x, y } = node.internals.positionAbsolute;
  return { x: x + handle.x + (type === 'source' ? handle.width : 0), y: y + handle.y + handle.height / 2 };
}

function toneOf(id: string, lit: Lit | null): Tone {
  if (lit) return lit.wires.has(id) ? 'ran' : 'dim';
  return id.endsWith(':error') ? 'error' : 'plain';
}

import '@xyflow/react/dist/base.css';
import { useComputedColorScheme } from '@mantine/core';
import { Background, BackgroundVariant, type Connection, type Edge, type FinalConnectionState, MiniMap, type Node, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import { type DragEvent, type ReactNode, useCallback, useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import type { EditorStore } from '../graph/store';
import { connect, type Doc, mayConnect } from '../graph/document';
import { useFar } from './far';
import { FarWires } from './FarWires';
import { GroupNode } from './GroupNode';
import { NoteNode } from './NoteNode';
import { StepNode } from './card/StepNode';
import { useMake } from './useMake';
import { Wire } from './Wire';
import { ZoomButtons } from './ZoomButtons';
import classes from './Canvas.module.css';

const NODES = { step: StepNode, note: NoteNode, 'group-frame': GroupNode };
const WIRES = { wire: Wire };
const SNAP: [number, number] = [10, 10];
const MULTI = ['Meta', 'Control', 'Shift'];
const WHOLE = 40;
const NO_WIRES: Edge[] = [];
const FIT = { padding: 0.14, maxZoom: 1 };
export const DRAGGED = 'application/x-wablast-step';

interface CanvasProps {
  children?: ReactNode;
  mini: boolean;
  /** Where there is little room, another one shows all of it anew. */
  scene?: string;
}

/** The canvas. It draws what the store says and tells the store what was done. */
export function Canvas({ children, mini, scene }: CanvasProps) {
  const store = useEditorStore();
  const scheme = useComputedColorScheme('light');
  const canvas = useEditor((state) => state.canvas);
  const far = useFar();
  const wires = useEditor((state) => (far ? NO_WIRES : state.wires));
  const readOnly = useEditor((state) => state.readOnly);
  const { screenToFlowPosition, fitView } = useReactFlow();
  const make = useMake();
  const [moving, setMoving] = useState(false);
  const [opening] = useState(() => firstSight(store.getState().doc));
  const [colour] = useState(() => miniClass(store));
  const { nodesChanged, wiresChanged, dropped, change } = store.getState();

  useEffect(() => {
    if (scene === undefined) return undefined;
    const timer = window.setTimeout(() => { void fitView({ ...FIT, duration: 200 }); }, 120);
    return () => { window.clearTimeout(timer); };
  }, [fitView, scene]);
  const handleConnect = useCallback((made: Connection) => { change((doc) => connect(doc, { from: made.source, output: made.sourceHandle ?? '', to: made.target })); }, [change]);
  const isValid = useCallback((made: { source: string; target: string; sourceHandle?: string | null }) => mayConnect(store.getState().doc, { from: made.source, output: made.sourceHandle ?? '', to: made.target }), [store]);
  const handleConnectEnd = useCallback((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { fromNode, fromHandle, toNode } = state;
    if (toNode || !fromNode || fromHandle?.type !== 'source' || !fromHandle.id) return;
    const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!touch) return;
    const screen = { x: touch.clientX, y: touch.clientY };
    const at = screenToFlowPosition(screen);
    store.setState({ adding: { screen, at: { x: at.x, y: at.y - 24 }, from: { node: fromNode.id, output: fromHandle.id } } });
  }, [screenToFlowPosition, store]);
  const handleDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(DRAGGED);
    if (type) make(type, { at: screenToFlowPosition({ x: event.clientX - 60, y: event.clientY - 16 }) });
  };
  return (
    <div className={classes.canvas} data-moving={moving || undefined} onDragOver={(event) => { event.preventDefault(); }} onDrop={handleDrop}>
      <ReactFlow
        nodes={canvas} edges={wires} nodeTypes={NODES} edgeTypes={WIRES} colorMode={scheme}
        onNodesChange={nodesChanged} onEdgesChange={wiresChanged} onConnect={handleConnect} onConnectEnd={handleConnectEnd} isValidConnection={isValid}
        onMoveStart={() => { setMoving(true); }} onMoveEnd={() => { setMoving(false); }}
        onNodeDragStop={dropped} onSelectionDragStop={dropped} onPaneClick={() => { store.setState({ adding: null }); }}
        nodesDraggable={!readOnly} nodesConnectable={!readOnly} nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y connectOnClick={false}
        deleteKeyCode={null} multiSelectionKeyCode={MULTI} selectionMode={SelectionMode.Partial} zoomOnDoubleClick={false}
        snapToGrid snapGrid={SNAP} minZoom={0.1} maxZoom={2} fitView fitViewOptions={opening} onlyRenderVisibleElements elevateNodesOnSelect={false} connectionRadius={28}
      >
        <Background variant={BackgroundVariant.Dots} gap={far ? 100 : 20} size={far ? 5 : 1.3} />
        {mini ? <MiniMap pannable zoomable nodeClassName={colour} nodeStrokeWidth={0} ariaLabel={t('flows.canvas.minimap')} /> : null}
        <FarWires />
        <ZoomButtons />
        {children}
      </ReactFlow>
    </div>
  );
}

/** A small flow is shown whole; a big one from its start, at a size that can be read. */
function firstSight({ nodes, edges }: Doc) {
  const start = Object.values(nodes).find((node) => node.type === 'start')?.id;
  if (start === undefined || Object.keys(nodes).length <= WHOLE) return FIT;
  const next = edges.filter((edge) => edge.from === start).map((edge) => edge.to);
  const then = edges.filter((edge) => next.includes(edge.from)).map((edge) => edge.to);
  return { ...FIT, nodes: [start, ...next, ...then].map((id) => ({ id })), minZoom: 0.5, maxZoom: 0.8 };
}

/** In the map a step has the colour of its kind. */
const miniClass = (store: EditorStore) => (node: Node): string => {
  const { doc, kinds } = store.getState();
  const category = kinds.get(doc.nodes[node.id]?.type ?? '')?.category;
  return `${classes[`mini-${node.type ?? 'step'}`] ?? ''} ${category ? (classes[`mini-${category}`] ?? '') : ''}`;
};

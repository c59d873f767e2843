import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor, useEditorStore } from '../graph/context';

const CARD = { width: 262, height: 120 };

/** When the path leaves what is seen, the canvas shows all of it. */
export function useFollow(): void {
  const store = useEditorStore();
  const flow = useReactFlow();
  const canvas = useStoreApi();
  const lit = useEditor((state) => state.lit);
  useEffect(() => {
    if (!lit) return;
    const ids = Object.keys(lit.nodes);
    const { width, height, transform: [left, top, zoom] } = canvas.getState();
    const last = lit.at ?? ids.toSorted((a, b) => (lit.nodes[a] ?? 0) - (lit.nodes[b] ?? 0)).at(-1);
    const spot = last === undefined ? undefined : store.getState().doc.layout[last];
    if (!spot) return;
    const [x, y] = [spot.x * zoom + left, spot.y * zoom + top];
    const seen = x >= 0 && y >= 0 && x + CARD.width * zoom <= width && y + CARD.height * zoom <= height;
    if (!seen) void flow.fitView({ nodes: ids.map((id) => ({ id })), duration: 260, padding: 0.16, maxZoom: Math.max(zoom, 0.5) });
  }, [canvas, flow, lit, store]);
}

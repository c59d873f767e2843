import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo, type MouseEvent, useState } from 'react';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import classes from './Canvas.module.css';

/** A wire. Pointed at, it offers a place for one more step in between; on a live flow it says how many went this way. */
export const Wire = memo(function Wire(edge: EdgeProps) {
  const { id, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = edge;
  const store = useEditorStore();
  const lit = useEditor((state) => (state.lit ? (state.lit.wires.has(id) ? 'ran' : 'dim') : undefined));
  const count = useEditor((state) => (state.counts ? state.counts.wires[id] ?? 0 : null));
  const [near, setNear] = useState(false);
  const [path, x, y] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, curvature: 0.32 });
  const editable = !store.getState().readOnly && lit === undefined && count === null;
  const tone = id.endsWith(':error') ? 'error' : undefined;
  const insert = (event: MouseEvent) => {
    event.stopPropagation();
    const at = id.indexOf(':');
    const wire = store.getState().doc.edges.find((one) => one.from === id.slice(0, at) && one.output === id.slice(at + 1));
    if (wire) store.setState({ adding: { screen: { x: event.clientX + 12, y: event.clientY - 20 }, at: { x: x - 131, y: y + 60 }, from: { node: wire.from, output: wire.output }, to: wire.to } });
  };
  return (
    <g className={classes.wire} data-lit={lit} data-tone={tone} data-selected={selected || undefined} onMouseEnter={() => { setNear(true); }} onMouseLeave={() => { setNear(false); }}>
      <BaseEdge id={id} path={path} interactionWidth={22} />
      {editable && (near || selected) ? (
        <g className={classes.insert} transform={`translate(${String(x)} ${String(y)})`} onClick={insert}>
          <title>{t('flows.canvas.insert')}</title>
          <circle r="10" /><path d="M-4 0H4M0 -4V4" />
        </g>
      ) : null}
      {count === null ? null : (
        <g className={classes.count} transform={`translate(${String(x)} ${String(y)})`} data-none={count === 0 || undefined}>
          <rect x={-8 - String(count).length * 3.4} y="-9" rx="9" width={16 + String(count).length * 6.8} height="18" />
          <text textAnchor="middle" y="3.6">{count.toLocaleString('en-IN')}</text>
        </g>
      )}
    </g>
  );
});

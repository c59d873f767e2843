import { open } from '../graph/document';
import type { Graph } from '../graph/types';
import classes from './List.module.css';

interface SketchProps {
  graph: Graph;
}

const [W, H] = [262, 150];

/** The flow's shape in small: steps and wires. */
export function Sketch({ graph }: SketchProps) {
  const { nodes, edges, layout } = open(graph);
  const spots = Object.values(layout);
  const [left, top] = [Math.min(...spots.map((one) => one.x)), Math.min(...spots.map((one) => one.y))];
  const [width, height] = [Math.max(...spots.map((one) => one.x)) + W - left, Math.max(...spots.map((one) => one.y)) + H - top];
  return (
    <svg className={classes.sketch} viewBox={`${String(left - 40)} ${String(top - 40)} ${String(width + 80)} ${String(height + 80)}`} aria-hidden>
      {edges.map((edge) => {
        const [from, to] = [layout[edge.from], layout[edge.to]];
        if (!from || !to) return null;
        const [x1, y1, x2, y2] = [from.x + W, from.y + H / 2, to.x, to.y + H / 2];
        const bend = Math.max(60, Math.abs(x2 - x1) / 2);
        return <path key={`${edge.from}:${edge.output}`} d={`M${String(x1)} ${String(y1)}C${String(x1 + bend)} ${String(y1)} ${String(x2 - bend)} ${String(y2)} ${String(x2)} ${String(y2)}`} />;
      })}
      {Object.values(nodes).map((node) => {
        const at = layout[node.id];
        return at ? <rect key={node.id} x={at.x} y={at.y} width={W} height={H} rx="22" data-start={node.type === 'start' || undefined} /> : null;
      })}
    </svg>
  );
}

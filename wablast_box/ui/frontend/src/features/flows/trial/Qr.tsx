import classes from './Trial.module.css';

interface QrProps {
  rows: readonly string[];
  label: string;
}

const QUIET = 3;

/** Always dark on light, also at night: many cameras read nothing else. */
export function Qr({ rows, label }: QrProps) {
  const path = rows.flatMap((row, y) => [...row].flatMap((dark, x) => (dark === '1' ? `M${String(x)} ${String(y)}h1v1h-1z` : []))).join('');
  const size = String(rows.length + 2 * QUIET);
  return (
    <svg className={classes.qr} viewBox={`${String(-QUIET)} ${String(-QUIET)} ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

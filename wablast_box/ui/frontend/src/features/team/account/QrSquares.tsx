import classes from './Account.module.css';

interface QrSquaresProps {
  /** A row of 0 and 1 for each line. */
  squares: readonly string[];
  label: string;
}

/** Always dark on light, also at night: many cameras read nothing else. */
export function QrSquares({ squares, label }: QrSquaresProps) {
  const path = squares.flatMap((row, y) => [...row].flatMap((dark, x) => (dark === '1' ? `M${String(x)} ${String(y)}h1v1h-1z` : []))).join('');
  const size = squares.length + 8;
  return (
    <svg className={classes.qr} viewBox={`-4 -4 ${String(size)} ${String(size)}`} shapeRendering="crispEdges" role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

import { qrCode } from './qr';
import classes from './Setup.module.css';

interface QrCodeProps {
  text: string;
  label: string;
}

/** Always dark on light, also at night: many cameras read nothing else. */
export function QrCode({ text, label }: QrCodeProps) {
  const rows = qrCode(text);
  if (!rows) return null;
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : []))).join('');
  return (
    <svg className={classes.qr} viewBox="-3 -3 35 35" shapeRendering="crispEdges" role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

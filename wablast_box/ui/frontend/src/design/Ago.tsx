import { stampOf } from '@/lib/dates';
import { ago } from '@/lib/ago';
import { useNow } from '@/lib/now';

interface AgoProps {
  at: string;
}

/** "5 min ago", kept true while it is on the screen, with the exact moment in its tooltip. */
export function Ago({ at }: AgoProps) {
  const now = useNow();
  return <time dateTime={at} title={stampOf(at)}>{ago(at, now)}</time>;
}

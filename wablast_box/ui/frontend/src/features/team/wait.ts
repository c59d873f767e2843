/** Waiting after too many wrong passwords: the seconds count down, and the form opens by itself. */
import { useEffect, useState } from 'react';
import { ApiError } from '@/api/errors';
import { t } from '@/lib/i18n';

export function waitWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const left = seconds % 60;
  if (minutes === 0) return t('common.duration.seconds', { s: left });
  return left === 0 ? t('common.duration.minutesOnly', { m: minutes }) : t('common.duration.minutesSeconds', { m: minutes, s: left });
}

/** Seconds until the box listens again; 0 when it does. */
export function useWait(error: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!(error instanceof ApiError) || !error.retryAfterS) return undefined;
    const opensAt = Date.now() + error.retryAfterS * 1000;
    const tick = () => { setLeft(Math.max(0, Math.ceil((opensAt - Date.now()) / 1000))); };
    tick();
    const timer = window.setInterval(tick, 500);
    return () => {
      window.clearInterval(timer);
      setLeft(0);
    };
  }, [error]);
  return left;
}

/** Who else has this flow open: told by the line, forgotten after six seconds without a word. Nobody is locked out. */
import { useEffect, useState } from 'react';
import { useMay, useSession } from '@/api/session';
import { type LiveEvents, onLive } from '@/live/events';
import { say } from '@/live/socket';

export interface Present {
  window: string;
  id: string;
  name: string;
  until: number;
}

const REPEAT_MS = 3500;

export function usePresent(flowId: string): Present[] {
  const me = useSession().user?.id;
  const may = useMay('flows.write');
  const [present, setPresent] = useState<Present[]>([]);
  useEffect(() => {
    if (!may) return undefined;
    const speak = () => { if (document.visibilityState === 'visible') say('flow.presence', { id: flowId }); };
    speak();
    const timers = [window.setInterval(speak, REPEAT_MS), window.setInterval(() => { setPresent((all) => awake(all, Date.now())); }, 1000)];
    const stop = onLive('flow.presence', (heard) => {
      if (heard.flow_id !== flowId) return;
      setPresent((all) => after(all, heard, Date.now()));
      // Who came just now has not heard of this window yet.
      if (heard.is_open && !known.has(heard.window)) speak();
      if (heard.is_open) known.add(heard.window);
    });
    const known = new Set<string>();
    return () => {
      timers.forEach((timer) => { window.clearInterval(timer); });
      stop();
      say('flow.presence', {});
    };
  }, [flowId, may]);
  // The same person with two windows is one, and oneself is nobody else.
  return present.filter((one, at) => one.id !== me && present.findIndex((other) => other.id === one.id) === at);
}

export function after(present: readonly Present[], { window: sid, user, is_open: isOpen, lasts_s: lasts }: LiveEvents['flow.presence'], now: number): Present[] {
  const others = present.filter((one) => one.window !== sid);
  return isOpen ? [...others, { window: sid, ...user, until: now + lasts * 1000 }] : others;
}

const awake = (present: Present[], now: number): Present[] => (present.some((one) => one.until <= now) ? present.filter((one) => one.until > now) : present);

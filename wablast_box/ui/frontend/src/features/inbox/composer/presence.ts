/** Who else is at a conversation: told by the line, forgotten after six seconds without a word. */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { useSession } from '@/api/session';
import { type LiveEvents, onLive } from '@/live/events';
import { say } from '@/live/socket';

export type Doing = 'viewing' | 'typing' | 'noting';

export interface Colleague {
  id: string;
  name: string;
  doing: Doing;
  until: number;
}

const REPEAT_MS = 3500;
const SETTLE_MS = 400;

const useStore = create<{ present: Record<string, Colleague[]> }>(() => ({ present: {} }));
const NOBODY: Colleague[] = [];

export const usePresent = (conversationId: string): Colleague[] => useStore((state) => state.present[conversationId] ?? NOBODY);

/** Says what one does here, as long as the window is looked at, and listens to what others do. */
export function usePresence(conversationId: string, doing: Doing): void {
  const me = useSession().user?.id;
  const latest = useRef(doing);
  useEffect(() => {
    latest.current = doing;
    const speak = () => { if (document.visibilityState === 'visible') say('conversation.presence', { id: conversationId, doing: latest.current }); };
    // Who only passes by on the way through the list is not there.
    const first = window.setTimeout(speak, doing === 'viewing' ? SETTLE_MS : 0);
    const timer = window.setInterval(speak, REPEAT_MS);
    return () => {
      window.clearTimeout(first);
      window.clearInterval(timer);
    };
  }, [conversationId, doing]);
  useEffect(() => {
    const stop = onLive('presence', (heard) => { if (heard.user.id !== me) hear(heard, Date.now()); });
    const timer = window.setInterval(() => { forget(Date.now()); }, 1000);
    return () => {
      stop();
      window.clearInterval(timer);
    };
  }, [me]);
}

function hear(heard: LiveEvents['presence'], now: number): void {
  useStore.setState(({ present }) => ({ present: { ...present, [heard.conversation_id]: after(present[heard.conversation_id] ?? NOBODY, heard, now) } }));
}

export function after(present: Colleague[], { user, doing, lasts_s }: LiveEvents['presence'], now: number): Colleague[] {
  const others = present.filter((one) => one.id !== user.id);
  return doing === null ? others : [...others, { ...user, doing, until: now + lasts_s * 1000 }];
}

function forget(now: number): void {
  const { present } = useStore.getState();
  if (Object.values(present).some((all) => all.length === 0 || all.some((one) => one.until <= now))) useStore.setState({ present: stillThere(present, now) });
}

/** Where nobody is any more, nothing is kept: a window stays open for days. */
export function stillThere(present: Record<string, Colleague[]>, now: number): Record<string, Colleague[]> {
  const left = Object.entries(present).map(([id, all]) => [id, all.filter((one) => one.until > now)] as const);
  return Object.fromEntries(left.filter(([, all]) => all.length > 0));
}

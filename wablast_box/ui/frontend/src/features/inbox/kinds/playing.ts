/** What all players of a window share: how fast they play, and that only one of them does. */
import { create } from 'zustand';
import { recall, remember } from '@/lib/storage';

export const SPEEDS = [1, 1.5, 2] as const;
type Speed = (typeof SPEEDS)[number];

const useChosen = create<{ speed: Speed }>(() => ({ speed: SPEEDS.find((one) => String(one) === recall('voice-speed')) ?? 1 }));

/** 1×, 1.5×, 2× and from the beginning again; kept for the next voice message. */
export function useSpeed(): { speed: Speed; faster: () => void } {
  const speed = useChosen((state) => state.speed);
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    remember('voice-speed', next === 1 ? null : String(next));
    useChosen.setState({ speed: next });
  };
  return { speed, faster };
}

let now: HTMLMediaElement | null = null;

/** Whoever begins to play ends whoever played. */
export function begins(sound: HTMLMediaElement): void {
  if (now && now !== sound) now.pause();
  now = sound;
}

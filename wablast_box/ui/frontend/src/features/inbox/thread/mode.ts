/** Whether one writes to the customer or to colleagues, per conversation: who comes back finds it as it was left. */
import { create } from 'zustand';
import { recall, remember } from '@/lib/storage';

export type Mode = 'reply' | 'note';

const useModes = create<{ modes: Record<string, Mode>; notes: Record<string, string> }>(() => ({ modes: {}, notes: {} }));

export const useMode = (conversationId: string): Mode => useModes((state) => state.modes[conversationId] ?? 'reply');

/** Switches over and puts the caret there. */
export function setMode(conversationId: string, mode: Mode): void {
  useModes.setState(({ modes }) => ({ modes: { ...modes, [conversationId]: mode } }));
  requestAnimationFrame(() => { document.getElementById(mode === 'note' ? 'note' : 'composer')?.focus(); });
}

const kept = (conversationId: string): string => `draft.note.${conversationId}`;

export const useNoteDraft = (conversationId: string): string =>
  useModes((state) => state.notes[conversationId]) ?? recall(kept(conversationId)) ?? '';

export function keepNoteDraft(conversationId: string, words: string): void {
  remember(kept(conversationId), words === '' ? null : words);
  useModes.setState(({ notes }) => ({ notes: { ...notes, [conversationId]: words } }));
}

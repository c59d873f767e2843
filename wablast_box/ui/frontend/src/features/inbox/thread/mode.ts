/** Whether one writes to the customer or to colleagues, per conversation: who comes back finds it as it was left. */
import { create } from 'zustand';
import { keepDraft, useDraft } from '../drafts';

export type Mode = 'reply' | 'note';

const useModes = create<{ modes: Record<string, Mode> }>(() => ({ modes: {} }));

export const useMode = (conversationId: string): Mode => useModes((state) => state.modes[conversationId] ?? 'reply');

/** Switches over and puts the caret there. */
export function setMode(conversationId: string, mode: Mode): void {
  useModes.setState(({ modes }) => ({ modes: { ...modes, [conversationId]: mode } }));
  requestAnimationFrame(() => { document.getElementById(mode === 'note' ? 'note' : 'composer')?.focus(); });
}

export const useNoteDraft = (conversationId: string): string => useDraft(conversationId, 'note');

export const keepNoteDraft = (conversationId: string, words: string): void => { keepDraft(conversationId, words, 'note'); };

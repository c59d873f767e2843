/** Unsent words, kept per conversation until they are sent or the reader signs out. */
import { create } from 'zustand';
import { recall, remember } from '@/lib/storage';

const useDrafts = create<{ drafts: Record<string, string> }>(() => ({ drafts: {} }));

export const draftOf = (conversationId: string): string =>
  useDrafts.getState().drafts[conversationId] ?? recall(`draft.${conversationId}`) ?? '';

export const useDraft = (conversationId: string): string =>
  useDrafts((state) => state.drafts[conversationId]) ?? recall(`draft.${conversationId}`) ?? '';

export function keepDraft(conversationId: string, words: string): void {
  remember(`draft.${conversationId}`, words === '' ? null : words);
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [conversationId]: words } }));
}

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import type { EditorState, EditorStore } from './store';

export const EditorContext = createContext<EditorStore | null>(null);

export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (!store) throw new Error('outside of an editor');
  return store;
}

/** A card asks for its own part only, so that it is drawn anew only when that part changed. */
export const useEditor = <T>(pick: (state: EditorState) => T): T => useStore(useEditorStore(), pick);

/** For picks that make a list or an object: the same content counts as the same. */
export const useEditorList = <T>(pick: (state: EditorState) => T): T => useStore(useEditorStore(), useShallow(pick));

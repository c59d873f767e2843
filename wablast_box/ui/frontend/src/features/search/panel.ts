/** Whether the search is open, and with which words it begins. */
import { create } from 'zustand';

interface Panel {
  open: boolean;
  words: string;
}

export const usePanel = create<Panel>(() => ({ open: false, words: '' }));

export const openSearch = (words = ''): void => { usePanel.setState({ open: true, words }); };
export const closeSearch = (): void => { usePanel.setState({ open: false }); };

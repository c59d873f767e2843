/** Which question is open in front of the inbox, and about whom. Keys, menus and the command bar all ask here. */
import { create } from 'zustand';
import type { Conversation } from '@/api/types';

export type Question = 'snooze' | 'tag' | 'assign' | 'team';

interface Asked {
  question: Question;
  targets: Conversation[];
}

export const usePicker = create<{ asked: Asked | null }>(() => ({ asked: null }));

export const ask = (question: Question, targets: Conversation[]): void => {
  if (targets.length > 0) usePicker.setState({ asked: { question, targets } });
};
export const closePicker = (): void => { usePicker.setState({ asked: null }); };

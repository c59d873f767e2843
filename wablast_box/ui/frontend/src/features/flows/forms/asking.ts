/** `{{` in a text: what is asked for, and what takes its place. */
import type { Offered } from '../graph/variables';

export interface Asked {
  from: number;
  words: string;
}

/** The open `{{na…` before the caret. */
export function asked(text: string, caret: number): Asked | null {
  const open = /\{\{\s*([\w.]*)$/.exec(text.slice(0, caret));
  return open ? { from: open.index, words: open[1] ?? '' } : null;
}

export const matching = (offered: readonly Offered[], words: string): Offered[] => {
  const wanted = words.toLowerCase();
  return offered.filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, 12);
};

export function fill(text: string, from: number, caret: number, variable: string): { text: string; caret: number } {
  const before = `${text.slice(0, from)}{{${variable}}}`;
  const after = text.slice(caret).replace(/^\s*\}\}/, '');
  return { text: before + after, caret: before.length };
}

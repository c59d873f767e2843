/** How high the rows of a thread will be, guessed well enough that the first frame seldom has to be drawn twice. */
import type { Message } from '@/api/types';
import type { Row } from '../rows';

const HEIGHTS: Record<Exclude<Row['kind'], 'message'>, number> = { day: 41, new: 26, notice: 30, activity: 28, note: 72, album: 210 };
const [BUBBLE, RUN, LINE, PICTURE, FILE, TROUBLE] = [40, 35, 18, 346, 55, 70];
const PER_LINE = 68;
const PICTURED = new Set(['image', 'video']);
const WORDED = new Set(['text', 'image', 'video', 'button']);

export const heightOf = (row: Row | undefined): number =>
  row === undefined ? BUBBLE : row.kind === 'message' ? bubbleOf(row.message, row.run) : HEIGHTS[row.kind];

function bubbleOf({ type, text, state }: Message, run: boolean): number {
  const further = text ? linesOf(text) - 1 : 0;
  const media = PICTURED.has(type) ? PICTURE : WORDED.has(type) ? 0 : FILE;
  return (run ? RUN : BUBBLE) + further * LINE + media + (state === 'failed' || state === 'unconfirmed' ? TROUBLE : 0);
}

const linesOf = (text: string): number => text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / PER_LINE)), 0);

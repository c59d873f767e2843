/** A QR code of up to 53 bytes: version 3, level L, one block. Enough for a link that opens a chat; no library needed. */
const SIZE = 29;
const DATA = 55;
const CORRECTION = 15;
const MASK = 0;

/** Rows of dark (true) and light squares; null when the text is too long. */
export function qrCode(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > DATA - 2) return null;
  const words = codewords(bytes);
  const grid = frame();
  place(grid, [...words, ...correction(words)]);
  return grid.map((row) => row.map((square) => square === true));
}

/** Byte mode: 4 bits that say so, 8 bits of length, the bytes, 4 bits of end, then alternating padding. */
function codewords(bytes: Uint8Array): number[] {
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const words = Array.from({ length: nibbles.length >> 1 }, (_, at) => ((nibbles[2 * at] ?? 0) << 4) | (nibbles[2 * at + 1] ?? 0));
  for (let pad = 0; words.length < DATA; pad += 1) words.push(pad % 2 ? 17 : 236);
  return words;
}

const EXP: number[] = [];
const LOG: number[] = [];
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = value;
  LOG[value] = power;
  value = value & 128 ? (value << 1) ^ 285 : value << 1;
}
const times = (a: number, b: number): number => (a && b ? (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0) : 0);

/** Reed-Solomon over GF(256): what lets a camera read a code that is partly hidden. */
function correction(words: readonly number[]): number[] {
  let generator = [1];
  for (let power = 0; power < CORRECTION; power += 1) {
    const root = EXP[power] ?? 1;
    generator = [...generator, 0].map((term, at) => term ^ times(generator[at - 1] ?? 0, root));
  }
  const rest = [...words, ...Array<number>(CORRECTION).fill(0)];
  for (let at = 0; at < words.length; at += 1) {
    const factor = rest[at] ?? 0;
    generator.forEach((term, step) => { rest[at + step] = (rest[at + step] ?? 0) ^ times(term, factor); });
  }
  return rest.slice(words.length);
}

type Grid = (boolean | undefined)[][];

function set(grid: Grid, row: number, column: number, dark: boolean): void {
  const line = grid[row];
  if (line && column >= 0 && column < SIZE) line[column] = dark;
}

/** Everything that is the same in each code of this version: eyes, rulers, the small eye, level and mask. */
function frame(): Grid {
  const grid: Grid = Array.from({ length: SIZE }, () => Array<boolean | undefined>(SIZE).fill(undefined));
  for (const [row, column] of [[3, 3], [3, SIZE - 4], [SIZE - 4, 3]] as const) eye(grid, row, column, 4);
  for (let at = 8; at < SIZE - 8; at += 1) {
    set(grid, 6, at, at % 2 === 0);
    set(grid, at, 6, at % 2 === 0);
  }
  eye(grid, 22, 22, 2);
  format(grid);
  return grid;
}

function eye(grid: Grid, row: number, column: number, reach: number): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      const ring = Math.max(Math.abs(down), Math.abs(right));
      set(grid, row + down, column + right, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
    }
  }
}

/** Level L with mask 0, protected by a code of its own, written twice. */
function format(grid: Grid): void {
  const kind = (1 << 3) | MASK;
  let rest = kind;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 1335);
  const bits = ((kind << 10) | rest) ^ 21522;
  const around = [0, 1, 2, 3, 4, 5, 7, 8];
  for (let at = 0; at < 15; at += 1) {
    const dark = ((bits >> at) & 1) === 1;
    if (at < 8) {
      set(grid, around[at] ?? 0, 8, dark);
      set(grid, 8, SIZE - 1 - at, dark);
    } else {
      set(grid, 8, around[14 - at] ?? 0, dark);
      set(grid, SIZE - 15 + at, 8, dark);
    }
  }
  set(grid, SIZE - 8, 8, true);
}

/** The bits run up and down in columns of two from the right, around what is there, masked as a chessboard. */
function place(grid: Grid, words: readonly number[]): void {
  let bit = 0;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < SIZE; step += 1) {
      const row = isUp ? SIZE - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (grid[row]?.[column] !== undefined) continue;
        const dark = (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        set(grid, row, column, dark !== ((row + column) % 2 === 0));
        bit += 1;
      }
    }
  }
}

/** Every step back as text. Drawings share what did not change between them, and so does the text: 100 steps of a large flow stay small. */
import type { Doc } from './document';

export interface History {
  doc: Doc;
  past: readonly Doc[];
  future: readonly Doc[];
}

type Part = keyof Doc;
const PARTS: readonly Part[] = ['nodes', 'edges', 'layout', 'notes', 'groups', 'languages', 'texts'];

interface Packed {
  /** What drawings are made of, each thing once. */
  things: unknown[];
  /** Lists and tables of things: numbers stand for them. */
  parts: unknown[];
  docs: number[][];
  past: number;
}

export function packHistory({ doc, past, future }: History): string {
  const [things, parts]: [unknown[], unknown[]] = [[], []];
  const [seen, made] = [new Map<unknown, number>(), new Map<unknown, number>()];
  const thing = (one: unknown): number => numbered(seen, things, one, one);
  const part = (one: Doc[Part]): number => {
    const known = made.get(one);
    if (known !== undefined) return known;
    return numbered(made, parts, one, Array.isArray(one) ? one.map(thing) : Object.fromEntries(Object.entries(one).map(([name, value]) => [name, thing(value)])));
  };
  const docs = [...past, doc, ...future].map((one) => PARTS.map((name) => part(one[name])));
  return JSON.stringify({ things, parts, docs, past: past.length } satisfies Packed);
}

function numbered(known: Map<unknown, number>, all: unknown[], key: unknown, value: unknown): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const number = all.push(value) - 1;
  known.set(key, number);
  return number;
}

/** Null when it is no history, as after an update of the box. */
export function unpackHistory(text: string | null): History | null {
  if (text === null) return null;
  try {
    const packed = JSON.parse(text) as Packed;
    const things = (number: unknown) => packed.things[number as number];
    const parts = packed.parts.map((one) => (Array.isArray(one) ? one.map(things) : Object.fromEntries(Object.entries(one as object).map(([name, number]) => [name, things(number)]))));
    const docs = packed.docs.map((one) => Object.fromEntries(PARTS.map((name, at) => [name, parts[one[at] ?? -1]])) as unknown as Doc);
    const doc = docs[packed.past];
    const whole = docs.every((one) => PARTS.every((name) => one[name] !== undefined));
    return doc && whole ? { doc, past: docs.slice(0, packed.past), future: docs.slice(packed.past + 1) } : null;
  } catch {
    return null;
  }
}

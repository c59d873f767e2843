/** Names that are called in a note: found while one writes, and found again in what was written. */
export interface Colleague {
  id: string;
  name: string;
}

export interface Piece {
  text: string;
  mention: boolean;
}

/** The text of a note, with each "@Name" of somebody mentioned as a piece of its own. The longest name wins. */
export function mentionPieces(text: string, mentions: readonly Colleague[]): Piece[] {
  const names = mentions.map(({ name }) => name).filter(Boolean).toSorted((a, b) => b.length - a.length);
  if (names.length === 0) return [{ text, mention: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = names.find((one) => text.startsWith(one, at + 1));
    if (!name) continue;
    if (at > from) pieces.push({ text: text.slice(from, at), mention: false });
    from = at + 1 + name.length;
    pieces.push({ text: text.slice(at, from), mention: true });
    at = from - 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mention: false });
  return pieces;
}

/** What stands after the last "@" before the caret, if it may still become a name. */
export function callAt(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?:^|\s)@([^@\n]{0,40})$/u.exec(text.slice(0, caret));
  return found ? { from: caret - (found[1]?.length ?? 0) - 1, query: found[1] ?? '' } : null;
}

/** Colleagues whose name, or a word of it, begins with what was typed. */
export function matching(colleagues: readonly Colleague[], query: string): Colleague[] {
  const wanted = query.toLocaleLowerCase();
  return colleagues.filter(({ name }) => name.toLocaleLowerCase().startsWith(wanted) || name.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(wanted)));
}

/** Whoever is still called by name in the text: a name that was deleted again calls nobody. */
export const called = (text: string, chosen: readonly Colleague[]): Colleague[] =>
  chosen.filter(({ name }, at) => text.includes(`@${name}`) && chosen.findIndex((one) => one.name === name) === at);

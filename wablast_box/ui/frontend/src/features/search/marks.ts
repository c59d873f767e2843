/** A text cut where its hits begin and end. Only numbers say what a hit is, so no text can pretend to be one. */
export interface Part {
  text: string;
  hit: boolean;
}

export function parts(text: string, highlights: readonly (readonly number[])[]): Part[] {
  const found: Part[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of highlights) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) found.push({ text: text.slice(at, start), hit: false });
    found.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), hit: false });
  return found;
}

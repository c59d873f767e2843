/** WhatsApp's own marks, *bold* _italic_ ~strike~ ```mono``` `mono`, and links, as a tree. Never HTML. */
export type Mark = 'bold' | 'italic' | 'strike' | 'mono';
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'mark'; mark: Mark; pieces: Piece[] }
  | { kind: 'link'; text: string; href: string };

const SIGNS: Record<string, Mark> = { '*': 'bold', _: 'italic', '~': 'strike' };
const LINK = /(?:https?:\/\/|www\.)[^\s<>"'“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()-]{7,17}\d/giu;
const LONGEST = 8_000;

export function marked(text: string): Piece[] {
  return text.length > LONGEST ? [{ kind: 'text', text }] : parse(text, new Set());
}

function parse(text: string, inside: ReadonlySet<Mark>): Piece[] {
  const pieces: Piece[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const found = markAt(text, at, inside);
    if (!found) {
      at = skipLink(text, at);
      continue;
    }
    if (at > plainFrom) pieces.push(...links(text.slice(plainFrom, at)));
    pieces.push(found.piece);
    at = found.end;
    plainFrom = at;
  }
  if (plainFrom < text.length) pieces.push(...links(text.slice(plainFrom)));
  return pieces;
}

interface Found {
  piece: Piece;
  end: number;
}

function markAt(text: string, at: number, inside: ReadonlySet<Mark>): Found | null {
  if (text[at] === '`') return mono(text, at);
  const sign = text[at] ?? '';
  const mark = SIGNS[sign];
  if (!mark || inside.has(mark) || isWord(text[at - 1])) return null;
  const end = closing(text, at, sign);
  if (end < 0) return null;
  return { piece: { kind: 'mark', mark, pieces: parse(text.slice(at + 1, end), new Set(inside).add(mark)) }, end: end + 1 };
}

/** A mark closes on the same line, directly after a character and not before a word: 2*3*4 stays as it is. */
function closing(text: string, at: number, sign: string): number {
  if (isSpace(text[at + 1])) return -1;
  const line = text.indexOf('\n', at);
  const last = line < 0 ? text.length : line;
  for (let end = text.indexOf(sign, at + 2); end > 0 && end < last; end = text.indexOf(sign, end + 1)) {
    if (!isSpace(text[end - 1]) && !isWord(text[end + 1])) return end;
  }
  return -1;
}

/** Mono holds no other marks. Three backquotes may span lines, one may not. */
function mono(text: string, at: number): Found | null {
  const fence = text.startsWith('```', at) ? '```' : '`';
  const end = text.indexOf(fence, at + fence.length);
  if (end < 0 || end === at + fence.length) return null;
  const inner = text.slice(at + fence.length, end);
  if (fence === '`' && inner.includes('\n')) return null;
  return { piece: { kind: 'mark', mark: 'mono', pieces: [{ kind: 'text', text: inner }] }, end: end + fence.length };
}

/** Signs within an address are part of it: https://example.in/a_b_c is no italic. */
function skipLink(text: string, at: number): number {
  if (at > 0 && isWord(text[at - 1])) return at + 1;
  if (!/[hw]/i.test(text[at] ?? '')) return at + 1;
  const found = /^(?:https?:\/\/|www\.)[^\s<>"'“”]+/iu.exec(text.slice(at, at + 2048));
  return found ? at + found[0].length : at + 1;
}

function links(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const hit of text.matchAll(LINK)) {
    const shown = hit[0].replace(/[.,;:!?)\]}*_~]+$/u, '');
    const href = address(shown);
    if (!href || (hit.index > 0 && isWord(text[hit.index - 1]))) continue;
    if (hit.index > from) pieces.push({ kind: 'text', text: text.slice(from, hit.index) });
    pieces.push({ kind: 'link', text: shown, href });
    from = hit.index + shown.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Only these four kinds of address, whatever was written: http, https, mailto, tel. */
export function address(shown: string): string | null {
  if (shown.startsWith('+')) return `tel:+${shown.replace(/\D/g, '')}`;
  if (!/^(https?:|www\.)/i.test(shown)) return shown.includes('@') ? `mailto:${shown}` : null;
  try {
    const url = new URL(/^www\./i.test(shown) ? `https://${shown}` : shown);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

const isSpace = (letter: string | undefined): boolean => letter === undefined || /\s/u.test(letter);
const isWord = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** The words alone, for a line in a list. */
export const unmarked = (text: string): string => marked(text).map(words).join('').replace(/\s+/g, ' ').trim();

const words = (piece: Piece): string => (piece.kind === 'mark' ? piece.pieces.map(words).join('') : piece.text);

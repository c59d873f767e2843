/** What is being typed right before the caret that asks for help: ":smi" an emoji, "/hou" a canned reply. */
export interface Asked {
  kind: 'emoji' | 'canned';
  query: string;
  /** Where the sign stands; what is chosen takes the place of everything from here to the caret. */
  from: number;
}

// At the beginning or after a blank only: 10:30 and https:// ask for nothing.
const CANNED = /(?:^|\s)\/([\p{L}\p{M}\p{N}_\-.]{0,32})$/u;
const EMOJI = /(?:^|\s):([a-z][a-z_]{1,20})$/i;
const NEAR = 40;

export function askedAt(words: string, caret: number): Asked | null {
  const before = words.slice(Math.max(0, caret - NEAR), caret);
  const canned = CANNED.exec(before);
  if (canned) return asked('canned', canned[1] ?? '', caret);
  const emoji = EMOJI.exec(before);
  return emoji ? asked('emoji', emoji[1] ?? '', caret) : null;
}

const asked = (kind: Asked['kind'], query: string, caret: number): Asked => ({ kind, query, from: caret - query.length - 1 });

/** Names in braces that stand in a text: {{contact.name}}. */
export const places = (words: string): string[] => [...new Set([...words.matchAll(/\{\{([^{}]*)\}\}/g)].map((hit) => (hit[1] ?? '').split('|')[0]?.trim() || '{{}}'))];

export interface Edit {
  words: string;
  from: number;
  to: number;
}

/** Puts a mark around what is selected, or takes it off again. */
export function marked({ words, from, to }: Edit, sign: string): Edit {
  const inner = words.slice(from, to);
  if (words.slice(from - sign.length, from) === sign && words.slice(to, to + sign.length) === sign) {
    return { words: words.slice(0, from - sign.length) + inner + words.slice(to + sign.length), from: from - sign.length, to: to - sign.length };
  }
  return { words: words.slice(0, from) + sign + inner + sign + words.slice(to), from: from + sign.length, to: to + sign.length };
}

const LIST = /^(\s*)([-*]|\d{1,3}\.)(\s+)/;

/** Is there anything that WhatsApp would draw otherwise than it is typed? */
export const isDrawn = (words: string): boolean => /(^|[^\p{L}\p{N}])[*_~`][^\s]/u.test(words) && /[*_~`]/.test(words.slice(1)) || words.split('\n').some((line) => LIST.test(line) || line.startsWith('> '));

/** Lists as WhatsApp draws them. */
export const withLists = (words: string): string =>
  words.split('\n').map((line) => line.replace(LIST, (_, indent: string, sign: string, blank: string) => `${indent}${/\d/.test(sign) ? sign : '•'}${blank}`)).join('\n');

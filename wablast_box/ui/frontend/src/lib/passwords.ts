/** An honest word about a new password: what the box will refuse, and what would make it harder to guess. */
export const SHORTEST = 12;
export const LONGEST = 256;

export type Strength = 'empty' | 'short' | 'long' | 'about-you' | 'pattern' | 'enough' | 'strong';

/** The box also knows the common passwords; it has the last word. `about` is what everybody knows of the person. */
export function strengthOf(password: string, about: readonly string[] = []): Strength {
  const length = [...password].length;
  if (length === 0) return 'empty';
  if (length < SHORTEST) return 'short';
  if (length > LONGEST) return 'long';
  if (isOnly(password, about)) return 'about-you';
  if (isPattern(password)) return 'pattern';
  return (length >= 18 && words(password) !== 1) || words(password) >= 4 ? 'strong' : 'enough';
}

export const isAcceptable = (strength: Strength): boolean => strength === 'enough' || strength === 'strong' || strength === 'pattern';

/** How much of the bar is filled, of four. */
export const STEPS: Record<Strength, number> = { empty: 0, short: 1, long: 1, 'about-you': 1, pattern: 2, enough: 3, strong: 4 };

const SEPARATORS = /[\s\-_.,;]+/;
const letters = (text: string): string => text.toLocaleLowerCase().replace(/[^\p{L}]/gu, '');
/** Different words: the same one four times is still one. */
const words = (text: string): number => new Set(text.toLowerCase().split(SEPARATORS).filter((word) => word.length >= 3)).size;

function isOnly(password: string, about: readonly string[]): boolean {
  const left = letters(password);
  return left !== '' && about.map(letters).some((word) => word.length >= 3 && left.replaceAll(word, '') === '');
}

/** aaaaaaaaaaaa, abcabcabcabc, 123456789012: long, yet among the first that are tried. */
function isPattern(password: string): boolean {
  const signs = [...password.toLowerCase()];
  if (new Set(signs).size < 5) return true;
  const codes = signs.map((sign) => sign.codePointAt(0) ?? 0);
  const steady = codes.slice(1).filter((code, at) => Math.abs(code - (codes[at] ?? 0)) === 1).length;
  return steady > signs.length * 0.6 || /^(.{1,8})\1+$/u.test(password.toLowerCase().replaceAll(/[\s\-_.,;]+/g, ''));
}

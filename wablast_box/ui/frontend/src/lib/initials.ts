/** Up to two letters for a picture that is not there; whole graphemes, because ક્ is more than one code point. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (!first) return '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (grapheme(first) + (last ? grapheme(last) : '')).toLocaleUpperCase();
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function grapheme(word: string): string {
  for (const { segment } of segmenter.segment(word)) if (/[\p{L}\p{N}]/u.test(segment)) return segment;
  return '';
}

/** The same person keeps the same colour, on every screen and computer. Ids follow each other, so the sum is spread. */
export function hue(id: string): number {
  let sum = 2_166_136_261;
  for (const letter of id) sum = Math.imul(sum ^ letter.charCodeAt(0), 16_777_619);
  return (Math.imul(sum ^ (sum >>> 15), 2_246_822_519) >>> 8) % 360;
}

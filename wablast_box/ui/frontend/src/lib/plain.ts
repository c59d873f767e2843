/** Words of strangers, made harmless to look at: whatever stands in them changes nothing but themselves. */

/** Signs that turn the direction of everything after them. They are named instead of obeyed. */
const TURNS: Record<string, string> = {
  '\u202A': 'LRE', '\u202B': 'RLE', '\u202C': 'PDF', '\u202D': 'LRO', '\u202E': 'RLO', '\u2066': 'LRI', '\u2067': 'RLI', '\u2068': 'FSI', '\u2069': 'PDI',
};
const TURN = /[\u202A-\u202E\u2066-\u2069]/g;
/** No script needs more marks on one letter; more of them climb over the lines above. */
const PILE = /(\p{M}{3})\p{M}+/gu;
const UNSEEN = /[\s\p{Cf}\p{Cc}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/gu;

export const calm = (text: string): string => text.replace(PILE, '$1').replace(TURN, (sign) => `‹${TURNS[sign] ?? ''}›`);

/** Is there anything to see? A name of zero-width signs is no name. */
export const isSeen = (text: string): boolean => text.replace(UNSEEN, '') !== '';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const LONGEST_SIGN = 64;

/** The beginning of a text, never half a sign: a family of emoji is one. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const from = Math.max(0, length - LONGEST_SIGN);
  let end = from;
  for (const { index, segment } of segmenter.segment(text.slice(from, length + LONGEST_SIGN))) {
    const next = from + index + segment.length;
    if (next > length) break;
    end = next;
  }
  return text.slice(0, end > from ? end : length);
}

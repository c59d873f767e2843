/** The filter's text as the box reads it, taken apart for chips and put together again. */
const TERM = /-?(?:"[^"]+"|[^\s":<>=]+)(?::|<=|>=|<|>|=)(?:"[^"]*"?|\S*)|"[^"]*"?|\S+/g;
const KEYED = /^-?(?:"[^"]+"|[^\s":<>=]+)(?::|<=|>=|<|>|=)/;

export interface Filter {
  /** Terms with a key, each as it is written. */
  terms: string[];
  words: string;
}

export function parted(q: string): Filter {
  const found = q.match(TERM) ?? [];
  return { terms: found.filter((one) => KEYED.test(one)), words: found.filter((one) => !KEYED.test(one)).join(' ') };
}

export const joined = ({ terms, words }: Filter): string => [...terms, words.trim()].filter(Boolean).join(' ');

/** With quotes where there are spaces. */
export const term = (key: string, value: string): string => `${quoted(key)}:${quoted(value)}`;

const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);

/** Press once: asked for. Press again: not any more. */
export const toggled = (q: string, one: string): string => {
  const { terms, words } = parted(q);
  return joined({ terms: terms.includes(one) ? terms.filter((other) => other !== one) : [...terms, one], words });
};

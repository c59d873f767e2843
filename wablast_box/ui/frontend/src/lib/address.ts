/** The part of an address after the question mark, as plain words. The router's own way reads ids as numbers, and ours
 *  are too long for a JavaScript number. */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Record<string, unknown>): string {
  const known = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  const written = new URLSearchParams(known).toString();
  return written ? `?${written}` : '';
}

import type { Kind } from '../graph/types';

const ORDER = ['messages', 'questions', 'logic', 'waits', 'contact', 'conversation', 'connect', 'ai', 'code', 'flow'];

/** What can be added: all but the start, of which there is one. The best hits come first. */
export function search(kinds: readonly Kind[], words: string): Kind[] {
  const wanted = words.trim().toLowerCase();
  const all = kinds.filter((kind) => kind.type !== 'start');
  if (!wanted) return all;
  const rank = (kind: Kind): number => {
    const title = kind.title.toLowerCase();
    if (title.startsWith(wanted)) return 0;
    if (title.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    if (title.includes(wanted) || kind.type.includes(wanted)) return 2;
    return kind.help.toLowerCase().includes(wanted) || kind.category.includes(wanted) ? 3 : 9;
  };
  return all.map((kind) => ({ kind, at: rank(kind) })).filter((one) => one.at < 9).sort((a, b) => a.at - b.at).map((one) => one.kind);
}

export function grouped(kinds: readonly Kind[]): [string, Kind[]][] {
  const categories = [...new Set(kinds.map((kind) => kind.category))].sort((a, b) => place(a) - place(b));
  return categories.map((category) => [category, kinds.filter((kind) => kind.category === category)]);
}

const place = (category: string): number => (ORDER.includes(category) ? ORDER.indexOf(category) : ORDER.length);

import type { Kind } from '../graph/types';

const ORDER = ['messages', 'questions', 'logic', 'waits', 'contact', 'conversation', 'connect', 'ai', 'code', 'flow'];

/** What is used most stands first; the rest keeps the order of the box. */
const OFTEN = ['send_message', 'send_buttons', 'send_list', 'send_media', 'ask_text', 'ask_choice', 'ask_number', 'condition', 'switch', 'delay', 'wait_until', 'hand_off', 'assign'];
const often = (kind: Kind): number => (OFTEN.includes(kind.type) ? OFTEN.indexOf(kind.type) : OFTEN.length);

/** What can be added: all but the start, of which there is one. The best hits come first. */
export function search(kinds: readonly Kind[], words: string): Kind[] {
  const wanted = words.trim().toLowerCase();
  const all = kinds.filter((kind) => kind.type !== 'start').sort((a, b) => place(a.category) - place(b.category) || often(a) - often(b));
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

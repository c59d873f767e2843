import type { Command } from '@/lib/commands';

/** Commands whose words begin with what was typed, best first; everything when nothing was typed. */
export function find(commands: Command[], typed: string): Command[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands;
  return commands
    .map((command, order) => ({ command, order, score: score(fold(`${command.title} ${command.group}`), words) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map((hit) => hit.command);
}

/** Zero as soon as one word is nowhere; a word at the beginning counts more than one inside. */
function score(text: string, words: string[]): number {
  let sum = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    sum += at === 0 ? 4 : text[at - 1] === ' ' ? 3 : 1;
  }
  return sum;
}

const fold = (text: string): string => text.toLocaleLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');

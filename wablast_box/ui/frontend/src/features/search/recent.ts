/** What this browser searched for last. Signing out forgets it. */
import { recall, remember } from '@/lib/storage';

const NAME = 'draft.searches';
const MOST = 6;

export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(recall(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function keepSearch(words: string): void {
  const wanted = words.trim();
  if (wanted.length < 2) return;
  const others = recentSearches().filter((one) => one.toLocaleLowerCase() !== wanted.toLocaleLowerCase());
  remember(NAME, JSON.stringify([wanted, ...others].slice(0, MOST)));
}

export const forgetSearches = (): void => { remember(NAME, null); };

/** Meta's words for the state of a number, in ours. A word we do not know yet is shown as Meta writes it. */
import { late } from '@/texts/late';
import { locale, t } from '@/lib/i18n';
import type { Tone } from '@/design/Badge';

type Word = keyof typeof late.setup.page.words;

const isKnown = (word: string): word is Word => word in late.setup.page.words;

export function metaWord(word: string | null): string | null {
  if (!word) return null;
  const upper = word.toUpperCase();
  if (isKnown(upper)) return t(`setup.page.words.${upper}`);
  const plain = word.replaceAll('_', ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** TIER_1K, 1000 or UNLIMITED as a sentence. */
export function limitWords(limit: string | null): string | null {
  if (!limit) return null;
  const tier = limit.toUpperCase().replace(/^TIER_/, '');
  if (tier === 'UNLIMITED') return t('setup.page.noLimit');
  const found = /^(\d+)(K?)$/.exec(tier);
  if (!found) return metaWord(limit);
  const count = Number(found[1]) * (found[2] ? 1000 : 1);
  return t('setup.page.limitOf', { count: count.toLocaleString(locale) });
}

const PER_SECOND: Record<string, number> = { STANDARD: 80, HIGH: 1000 };

export function throughputWords(level: string | null): string | null {
  const rate = level ? PER_SECOND[level.toUpperCase()] : undefined;
  return rate ? t('setup.page.perSecond', { count: rate.toLocaleString(locale) }) : metaWord(level);
}

const GOOD = ['GREEN', 'CONNECTED', 'APPROVED', 'AVAILABLE_WITHOUT_REVIEW'];
const BAD = ['RED', 'BANNED', 'RESTRICTED', 'DISCONNECTED', 'DECLINED', 'EXPIRED', 'DELETED'];
const WARN = ['YELLOW', 'FLAGGED', 'PENDING', 'PENDING_REVIEW', 'RATE_LIMITED', 'UNVERIFIED'];

export function toneOf(word: string | null): Tone {
  const upper = (word ?? '').toUpperCase();
  if (GOOD.includes(upper)) return 'good';
  if (BAD.includes(upper)) return 'bad';
  return WARN.includes(upper) ? 'warn' : 'plain';
}

/** Alarms that are about the number; the rest is under Status. */
export const isAboutNumber = (key: string): boolean => /^(token|number|not_subscribed|account|phone)/.test(key);

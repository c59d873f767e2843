/** What Meta charges for, in words. Prices are Meta's and change: none is named here. */
import type { Conversation, Template } from '@/api/types';
import { dayLabel, timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';

export const freeUntil = ({ free_entry_until: until }: Pick<Conversation, 'free_entry_until'>, now: number): string | null =>
  until !== null && Date.parse(until) > now ? until : null;

/** Friday, 14:05 */
export const untilOf = (at: string, now: number): string => `${dayLabel(at, now)}, ${timeOf(at)}`;

export interface Cost {
  free: boolean;
  words: string;
}

export function costOf({ category }: Pick<Template, 'category'>, conversation: Pick<Conversation, 'free_entry_until'>, now: number): Cost {
  const until = freeUntil(conversation, now);
  if (until) return { free: true, words: t('templates.cost.free', { until: untilOf(until, now) }) };
  if (category === 'marketing' || category === 'utility' || category === 'authentication') return { free: false, words: t(`templates.cost.${category}`) };
  return { free: false, words: t('templates.cost.other') };
}

/** What a webhook held, in words: the box counts "messages 2, statuses 1" and names every other field as Meta does. */
import { plural, t } from '@/lib/i18n';

const COUNTED = ['messages', 'statuses', 'errors', 'unreadable'] as const;

export function summaryWords(summary: string | null): string {
  if (summary === null) return t('ops.webhooks.held.unknown');
  if (summary === 'nothing') return t('ops.webhooks.held.nothing');
  return summary.split(', ').map(words).join(', ');
}

function words(part: string): string {
  const [, name, count] = /^(\w+) (\d+)$/.exec(part) ?? [];
  const known = COUNTED.find((one) => one === name);
  if (known) return plural(`ops.webhooks.held.${known}`, Number(count));
  return count === '1' && name ? name : part;
}

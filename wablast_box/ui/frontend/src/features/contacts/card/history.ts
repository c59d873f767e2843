/** What happened with a person, in words. */
import type { HistoryEntry } from '@/api/types';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { activityWords } from '@/features/inbox/thread/activities';
import { actorOf, changed, type Told } from '../changes';

export function told(entry: HistoryEntry): Told {
  if (entry.chat) return { words: t('contacts.history.chat', { received: entry.chat.received, sent: entry.chat.sent }), quote: entry.chat.text ? calm(entry.chat.text) : undefined };
  if (entry.note) return { words: t('contacts.history.note', { actor: actorOf(entry.note.author) }), quote: calm(entry.note.text), note: true };
  if (entry.ad) return { words: entry.ad.headline ? t('contacts.history.ad', { headline: calm(entry.ad.headline) }) : t('contacts.history.adUnnamed'), quote: entry.ad.body ? calm(entry.ad.body) : undefined };
  if (entry.activity) return { words: activityWords(entry.activity) };
  if (entry.change) return changed(entry.change.kind, entry.change.detail, entry.change.actor);
  return { words: entry.kind };
}

/** How statuses, categories and languages of templates are called and coloured. */
import type { Tone } from '@/design/Badge';
import { locale, t } from '@/lib/i18n';

const STATUS_TONES: Record<string, Tone> = {
  approved: 'good', pending: 'warn', in_appeal: 'warn', paused: 'warn', limit_exceeded: 'warn', rejected: 'bad', disabled: 'bad', locked: 'bad', pending_deletion: 'plain', archived: 'plain',
};
const STATUSES = ['approved', 'pending', 'rejected', 'paused', 'disabled', 'in_appeal', 'pending_deletion', 'limit_exceeded', 'archived', 'locked'] as const;
const CATEGORIES = ['marketing', 'utility', 'authentication'] as const;
const QUALITY_TONES: Record<string, Tone> = { green: 'good', yellow: 'warn', red: 'bad' };
const QUALITIES = ['green', 'yellow', 'red'] as const;

const isOne = <T extends string>(all: readonly T[], value: string): value is T => (all as readonly string[]).includes(value);
const plainly = (word: string): string => word.replaceAll('_', ' ');

export const statusWords = (status: string): string => (isOne(STATUSES, status) ? t(`templates.status.${status}`) : plainly(status));
export const statusTone = (status: string): Tone => STATUS_TONES[status] ?? 'plain';
export const categoryWords = (category: string): string => (isOne(CATEGORIES, category) ? t(`templates.category.${category}`) : plainly(category));
export const qualityWords = (quality: string): string => (isOne(QUALITIES, quality) ? t(`templates.quality.${quality}`) : t('templates.quality.unknown'));
export const qualityTone = (quality: string): Tone => QUALITY_TONES[quality] ?? 'plain';

/** "hi" is Hindi, "en_US" English (United States). */
export function languageWords(code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code.replace('_', '-')) ?? code;
  } catch {
    return code;
  }
}

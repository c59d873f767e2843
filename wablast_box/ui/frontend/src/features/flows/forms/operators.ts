import { t, type TextKey } from '@/lib/i18n';

const KNOWN = new Set([
  'equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with', 'greater', 'less', 'at_least', 'at_most', 'is_set', 'is_empty', 'matches', 'one_of',
]);

export const operator = (name: string): string => (KNOWN.has(name) ? t(`flows.operators.${name}` as TextKey & 'flows.operators.equals') : name.replaceAll('_', ' '));

export const needsRight = (name: string): boolean => name !== 'is_set' && name !== 'is_empty';

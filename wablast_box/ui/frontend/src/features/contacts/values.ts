/** A field's value as people read it. */
import type { ContactField } from '@/api/types';
import { dateOf } from '@/lib/dates';
import { locale, t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { calm } from '@/lib/plain';

export function readable(kind: ContactField['kind'], value: string): string {
  if (kind === 'phone') return readablePhone(value);
  if (kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) ? dateOf(`${value}T12:00:00Z`) : value;
  if (kind === 'yes_no') return value === 'yes' ? t('contacts.yes') : t('contacts.no');
  if (kind === 'link') return calm(value.replace(/^https?:\/\//, ''));
  // Beyond that, a number is one in the box but no longer one in the browser.
  if (kind === 'number') return /^-?\d{1,15}(\.\d+)?$/.test(value) && value.length < 16 ? Number(value).toLocaleString(locale, { maximumFractionDigits: 12 }) : value;
  return calm(value);
}

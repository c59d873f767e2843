import { locale } from '@/lib/i18n';
import { body, number } from '../content';

export function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' }).format(amount);
  } catch {
    return `${amount.toLocaleString(locale)} ${currency}`;
  }
}

/** Meta's amounts are whole numbers with an offset: 164000 / 100. */
export function amountOf(value: unknown): number | null {
  const amount = number(body(value)['value']);
  const offset = number(body(value)['offset']);
  return amount === null ? null : amount / (offset === null || offset === 0 ? 1 : offset);
}

import { locale } from '@/lib/i18n';
import { calm, cut } from '@/lib/plain';
import { body, number } from '../content';

/** What is no currency is written behind the number, as far as it is short. */
export function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' }).format(amount);
  } catch {
    return `${amount.toLocaleString(locale)} ${calm(cut(currency, 12))}`;
  }
}

/** Meta's amounts are whole numbers with an offset: 164000 / 100. */
export function amountOf(value: unknown): number | null {
  const amount = number(body(value)['value']);
  const offset = number(body(value)['offset']);
  return amount === null ? null : amount / (offset === null || offset === 0 ? 1 : offset);
}

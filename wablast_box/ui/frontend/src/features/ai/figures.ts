/** Costs come in millionths of a paisa, so that nothing is ever rounded before it is shown. */
import { locale } from '@/lib/i18n';

const RUPEE = 100_000_000;

/** ₹12.50, ₹0.0042: small sums keep their first two digits. */
export function rupees(microPaise: number): string {
  const value = microPaise / RUPEE;
  const digits = value === 0 || value >= 1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(value)));
  return `₹${value.toLocaleString(locale, { minimumFractionDigits: value === 0 ? 0 : Math.min(digits, 2), maximumFractionDigits: Math.max(digits, 2) })}`;
}

export const count = (value: number): string => value.toLocaleString(locale);

/** How much of a cap is used, from 0 to 1. Without a cap nothing is. */
export const shareOf = (used: number, cap: number): number => (cap > 0 ? Math.min(1, used / cap) : 0);

export const shareOfRupees = (microPaise: number, cap: number): number => shareOf(microPaise, cap * RUPEE);

import { describe, expect, it } from 'vitest';
import { rupees, shareOf, shareOfRupees } from './figures';

describe('what models cost', () => {
  it.each([
    [0, '₹0'],
    [125_000_000_00, '₹125.00'],
    [1_234_567_89000, '₹1,234.57'],
    [420_000, '₹0.0042'],
    [1, '₹0.00000001'],
  ])('%d millionths of a paisa read %s', (given, reads) => { expect(rupees(given)).toBe(reads); });

  it('fills the bar to its end and no further', () => {
    expect([shareOf(5, 10), shareOf(20, 10), shareOf(5, 0), shareOfRupees(100_000_000, 2)]).toEqual([0.5, 1, 0, 0.5]);
  });
});

import { describe, expect, test } from 'vitest';
import { joined, parted, term, toggled } from './filter';

describe('a filter', () => {
  test.each([
    ['tag:vip kabir', ['tag:vip'], 'kabir'],
    ['-tag:"very important" "Last visit"<2026-01-01 kabir m', ['-tag:"very important"', '"Last visit"<2026-01-01'], 'kabir m'],
    ['Age>=30 City:Pune', ['Age>=30', 'City:Pune'], ''],
    ['+91 98123', [], '+91 98123'],
    ['"', [], '"'],
    ['', [], ''],
  ])('%s falls into its terms and words', (q, terms, words) => {
    expect(parted(q)).toEqual({ terms, words });
    expect(joined(parted(q)).split(' ').toSorted()).toEqual(q.split(' ').toSorted());
  });

  test('a term is pressed on and off', () => {
    const on = toggled('kabir', term('tag', 'very important'));
    expect(on).toBe('tag:"very important" kabir');
    expect(toggled(on, 'tag:"very important"')).toBe('kabir');
  });
});

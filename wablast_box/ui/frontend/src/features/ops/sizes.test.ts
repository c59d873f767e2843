import { expect, test } from 'vitest';
import { age, megabytes } from './sizes';

test.each([[0.42, '0.4 MB'], [84.2, '84 MB'], [3210, '3.2 GB'], [120_400, '120 GB']])('%d MB are %s', (size, words) => {
  expect(megabytes(size)).toBe(words);
});

test.each([[4.4, '4 s'], [720, '12 m'], [10_800, '3 h'], [777_600, '9 d']])('%d seconds are %s', (seconds, words) => {
  expect(age(seconds)).toBe(words);
});

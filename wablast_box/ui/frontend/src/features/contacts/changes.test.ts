import { describe, expect, test } from 'vitest';
import { changed } from './changes';
import { languageName } from './languages';
import { readable } from './values';

const ravi = { kind: 'user', name: 'Ravi' };

describe('what was done with a person', () => {
  test.each([
    ['edited', { fields: ['name', 'City'] }, ravi, 'Ravi changed name and City'],
    ['tags', { added: ['vip'], removed: ['new', 'b2b'] }, ravi, 'Ravi added vip · Ravi took away new and b2b'],
    ['number_changed', { before: '+919812345678', after: '+919900055555' }, null, 'The number changed from +91 98123 45678 to +91 99000 55555'],
    ['merged', { name: null, phone: '+919812345678' }, null, '+91 98123 45678 turned out to be the same person'],
    ['opted_out', {}, null, 'The customer stopped marketing messages'],
    ['language', { language: 'hi' }, ravi, 'Ravi set the language to हिन्दी'],
    ['something_new', {}, ravi, 'Ravi: something_new'],
  ])('%s', (kind, detail, actor, words) => {
    expect(changed(kind, detail, actor).words).toBe(words);
  });
});

test('a value that a stranger made up stays text', () => {
  expect(readable('number', '9'.repeat(18))).toBe('9'.repeat(18));
  expect(readable('date', 'soon')).toBe('soon');
  expect(readable('link', 'https://example.com/‮x')).toBe('example.com/‹RLO›x');
});

test('a language that nobody listed is still named', () => {
  expect(languageName('fr', [])).toBe('français');
  expect(languageName('not a code', [])).toBe('not a code');
});

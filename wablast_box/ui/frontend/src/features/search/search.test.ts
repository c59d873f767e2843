import { beforeEach, describe, expect, it } from 'vitest';
import { grouped, type Hit, isAskable, NOTHING, written } from './ask';
import { parts } from './marks';
import { forgetSearches, keepSearch, recentSearches } from './recent';

const hit = (kind: Hit['kind'], id: string): Hit => ({ kind, id, conversation_id: '1', contact_id: '2', title: 'Kabir', snippet: '', highlights: [], at: null });

describe('what is asked', () => {
  it('writes filters before the words, so that the last word may still grow', () => {
    expect(written({ ...NOTHING, words: 'red sar', inside: '77', side: 'customer', age: 'week' })).toBe('in:77 from:customer after:7d red sar');
    expect(written({ ...NOTHING, words: 'red ' })).toBe('red ');
  });
  it('asks for two letters at least, or for a filter alone', () => {
    expect(isAskable({ ...NOTHING, words: 'a' })).toBe(false);
    expect(isAskable({ ...NOTHING, words: 'ab' })).toBe(true);
    expect(isAskable({ ...NOTHING, kind: 'file' })).toBe(true);
    expect(isAskable({ ...NOTHING, words: 'a', kind: 'file' })).toBe(false);
  });
  it('keeps the order of the box within each kind', () => {
    const groups = grouped([hit('contact', '9'), hit('message', '8'), hit('file', '7'), hit('message', '6')]);
    expect(groups.map((group) => [group.kind, group.hits.map((one) => one.id)])).toEqual([['contact', ['9']], ['message', ['8', '6']], ['file', ['7']]]);
  });
});

describe('marks', () => {
  it('cuts a text where its hits begin and end', () => {
    expect(parts('a red saree', [[2, 5], [6, 11]])).toEqual([
      { text: 'a ', hit: false }, { text: 'red', hit: true }, { text: ' ', hit: false }, { text: 'saree', hit: true },
    ]);
  });
  it('counts as browsers do', () => {
    expect(parts('😀 red', [[3, 6]]).at(-1)).toEqual({ text: 'red', hit: true });
  });
  it('ignores places that are not there, and loses no letter', () => {
    for (const highlights of [[[5, 2]], [[0, 99]], [[-1, 0]], [[2, 4], [1, 3]], [[]]]) {
      expect(parts('<mark>x</mark>', highlights).map((part) => part.text).join('')).toBe('<mark>x</mark>');
    }
  });
});

describe('recent searches', () => {
  beforeEach(forgetSearches);
  it('keeps the last six, each once, the newest first', () => {
    for (const words of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'TWO']) keepSearch(words);
    expect(recentSearches()).toEqual(['TWO', 'seven', 'six', 'five', 'four', 'three']);
  });
  it('keeps no single letters, and survives what others wrote there', () => {
    keepSearch('a');
    expect(recentSearches()).toEqual([]);
    localStorage.setItem('wablast.draft.searches', '{"no":"list"}');
    expect(recentSearches()).toEqual([]);
  });
});

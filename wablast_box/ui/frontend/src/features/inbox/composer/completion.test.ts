import { describe, expect, it } from 'vitest';
import { askedAt, isDrawn, marked, places, withLists } from './completion';

describe('what is typed before the caret', () => {
  it('asks for a canned reply after a stroke', () => {
    expect(askedAt('/hou', 4)).toEqual({ kind: 'canned', query: 'hou', from: 0 });
    expect(askedAt('Hi /', 4)).toEqual({ kind: 'canned', query: '', from: 3 });
    expect(askedAt('नमस्ते /पता', 11)).toEqual({ kind: 'canned', query: 'पता', from: 7 });
  });

  it('asks for an emoji after a colon and two letters', () => {
    expect(askedAt('thanks :smi and more', 11)).toEqual({ kind: 'emoji', query: 'smi', from: 7 });
    expect(askedAt(':s', 2)).toBeNull();
  });

  it.each(['10:30', 'https://exa', 'and/or', 'note: yes', 'a:smile', '/two words', '12/2026'])('asks for nothing in %s', (words) => {
    expect(askedAt(words, words.length)).toBeNull();
  });
});

it('names in braces are found once each', () => {
  expect(places('{{contact.name}} {{ contact.name | upper }} {{ x }} {y} {{}}')).toEqual(['contact.name', 'x', '{{}}']);
  expect(places('no braces')).toEqual([]);
});

it('a mark goes around what is selected, and off again', () => {
  const bold = marked({ words: 'so good', from: 3, to: 7 }, '*');
  expect(bold).toEqual({ words: 'so *good*', from: 4, to: 8 });
  expect(marked(bold, '*')).toEqual({ words: 'so good', from: 3, to: 7 });
});

it('knows what WhatsApp draws otherwise', () => {
  expect(['*bold*', 'a _b_', '~x~', '`x`', '- one', '1. one', '> said'].filter((words) => !isDrawn(words))).toEqual([]);
  expect(['2 * 3', 'plain', 'a_b_c', 'what? *', '-5'].filter(isDrawn)).toEqual([]);
  expect(withLists('- one\n* two\n3. three\n-four')).toBe('• one\n• two\n3. three\n-four');
});

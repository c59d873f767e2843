import { expect, test } from 'vitest';
import { open } from '../graph/document';
import { type Line, markOf } from '../graph/texts';
import { cellsOf, takeOver } from './csv';

const line = (node: string, text: string, said = ''): Line => ({ node, path: 'text', text, said, title: 'Text', most: 4096, lines: 1, state: said ? 'done' : 'missing' });
const LINES = [line('a', 'Hello'), line('b', '+1 free'), line('c', 'Bye', 'अलविदा')];
const doc = () => open({ nodes: [], edges: [], languages: { main: 'en', others: ['hi'] }, texts: { hi: { c: { text: { text: 'अलविदा', of: markOf('Bye') } } } } });

test.each([
  ['﻿"id","source","translation"\r\n"a","x","one, ""two""\nthree"\r\n', [['id', 'source', 'translation'], ['a', 'x', 'one, "two"\nthree']]],
  ['id;source;translation\na;x;eins\n', [['id', 'source', 'translation'], ['a', 'x', 'eins']]],
  ['id\tsource\ttranslation\na\tx\teins', [['id', 'source', 'translation'], ['a', 'x', 'eins']]],
])('a table is read however a spreadsheet wrote it', (text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

test('translations are taken over, and what keeps a cell from being a formula is not', () => {
  const found = takeOver(doc(), 'hi', LINES, 'id,source,translation\na/text,Hello,नमस्ते\nb/text,\'+1 free,\'+1 मुफ़्त\nc/text,Bye,अलविदा\ngone/text,Old,पुराना\n');
  expect(found).toMatchObject({ taken: 2, same: 1, unknown: 1 });
  expect(found?.doc.texts['hi']).toMatchObject({ a: { text: { text: 'नमस्ते', of: markOf('Hello') } }, b: { text: { text: '+1 मुफ़्त', of: markOf('+1 free') } }, c: { text: { text: 'अलविदा' } } });
});

test('what was translated from words that have changed meanwhile is stale', () => {
  const found = takeOver(doc(), 'hi', LINES, 'id,source,translation\na/text,Hi,नमस्ते\n');
  expect(found?.doc.texts['hi']?.['a']?.['text']?.of).toBe(markOf('Hi'));
});

test('an empty cell takes nothing away, and another file is refused', () => {
  expect(takeOver(doc(), 'hi', LINES, 'id,source,translation\nc/text,Bye,\n')).toMatchObject({ taken: 0 });
  expect(takeOver(doc(), 'hi', LINES, 'name,phone\nAsha,1\n')).toBeNull();
});

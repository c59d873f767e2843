import { expect, test } from 'vitest';
import { cut, pack, paste, unpack } from './clipboard';
import { compare } from './diff';
import { close, open, setField } from './document';
import { addLanguage, inOrder, type Line, linesOf, markOf, removeLanguage, setAlike, setMain, setText, shownIn, wantedBy } from './texts';
import type { Graph, GraphNode, Kind } from './types';

const spoken = { type: 'string', 'x-widget': 'text', 'x-spoken': true } as const;
const MENU: Kind = {
  type: 'send_buttons', version: 1, title: 'Buttons', help: '', category: 'messages', icon: '', outputs: ['unmatched'], outputs_from: { field: 'buttons', label: 'title' }, preview: {}, is_slow: false,
  fields: {
    properties: {
      text: { ...spoken, title: 'Text', 'x-most': 1024 }, save_as: { type: 'string', 'x-widget': 'variable' }, retry_text: { ...spoken, 'x-unsaid': 'Sorry, once more.' }, button: { ...spoken, default: 'Choose' },
      buttons: { type: 'array', 'x-widget': 'items', items: { properties: { title: { ...spoken, title: 'Words', 'x-most': 20 } } } },
    },
  },
};
const SAY: Kind = { ...MENU, type: 'send_message', outputs_from: null, fields: { properties: { text: { ...spoken, title: 'Text' } } } };
const KINDS = new Map([MENU, SAY].map((kind) => [kind.type, kind]));
const graph = (): Graph => ({
  nodes: [
    { id: 'start', type: 'start', version: 1, data: {} },
    { id: 'bye', type: 'send_message', version: 1, data: { text: 'Yes' } },
    { id: 'ask', type: 'send_buttons', version: 1, data: { text: 'Well, {{contact.name}}?', save_as: 'wish', buttons: [{ id: 'y', title: 'Yes' }, { id: 'n', title: '{{no}}' }] } },
  ],
  edges: [{ from: 'start', output: 'next', to: 'ask' }, { from: 'ask', output: 'y', to: 'bye' }],
  layout: {}, notes: [], groups: [],
  languages: { main: 'en', others: ['hi'] },
  texts: { hi: { ask: { 'buttons.y.title': { text: 'हाँ', of: markOf('Yes') }, text: { text: 'तो?', of: 'old' } } } },
});
const lines = (given: Graph, language = 'hi') => {
  const doc = open(given);
  return linesOf(doc, KINDS, language, inOrder(doc));
};

test('the mark of a text is what the box works out', () => {
  expect([markOf('Do you want it?'), markOf('नमस्ते 🙏'), markOf('')]).toEqual(['b9c44194', 'bdd3ebbb', '00000000']);
});

test('texts stand in the order in which customers meet them, with what nodes say by themselves and their state', () => {
  expect(lines(graph()).map((one) => [one.node, one.path, one.state])).toEqual([
    ['ask', 'text', 'stale'], ['ask', 'retry_text', 'missing'], ['ask', 'button', 'missing'], ['ask', 'buttons.y.title', 'done'], ['bye', 'text', 'missing'],
  ]);
});

test('a step is shown in the language of the customer, and only what is spoken changes', () => {
  const ask = graph().nodes[2] as GraphNode;
  const shown = shownIn(ask, MENU, [undefined, graph().texts?.['hi']?.['ask']]);
  expect(shown.data).toEqual({ ...ask.data, text: 'तो?', buttons: [{ id: 'y', title: 'हाँ' }, { id: 'n', title: '{{no}}' }] });
  expect(shownIn(ask, MENU, [])).toBe(ask);
});

test('the nearest language is read', () => {
  expect(wantedBy({ main: 'en', others: ['hi', 'hi-IN', 'ta'] }, 'hi-IN')).toEqual(['hi-IN', 'hi']);
  expect(wantedBy({ main: 'hi', others: ['en'] }, 'hi-IN')).toEqual([]);
});

test('what a person writes is translated, and nothing written takes it away', () => {
  let doc = setText(open(graph()), 'hi', 'bye', { path: 'text', text: 'Yes' }, 'हाँ');
  expect(linesOf(doc, KINDS, 'hi', ['bye'])[0]?.state).toBe('done');
  doc = setField(doc, KINDS, 'bye', 'text', 'Yes!');
  expect(linesOf(doc, KINDS, 'hi', ['bye'])[0]).toMatchObject({ state: 'stale', said: 'हाँ' });
  doc = setText(doc, 'hi', 'bye', { path: 'text', text: 'Yes!' }, ' ');
  expect(linesOf(doc, KINDS, 'hi', ['bye'])[0]?.state).toBe('missing');
});

test('the same words elsewhere are filled in where nothing stands yet', () => {
  const doc = open(graph());
  const all = linesOf(doc, KINDS, 'hi', inOrder(doc));
  const filled = setAlike(doc, 'hi', all[3] as Line, 'हाँ', all);
  expect(filled.texts['hi']?.['bye']?.['text']?.text).toBe('हाँ');
});

test('languages come and go, and the main one is never among the others', () => {
  const doc = addLanguage(open(graph()), 'ta');
  expect(doc.languages.others).toEqual(['hi', 'ta']);
  expect(addLanguage(doc, 'en')).toBe(doc);
  expect(removeLanguage(doc, 'hi')).toMatchObject({ languages: { others: ['ta'] }, texts: {} });
  expect(setMain(doc, 'hi').languages).toEqual({ main: 'hi', others: ['ta'] });
});

test('a flow goes out and comes in again with its texts, and one of one language as it was', () => {
  expect(close(open(graph())).texts).toEqual(graph().texts);
  expect(unpack(pack(graph()))).toMatchObject({ languages: graph().languages, texts: graph().texts });
  expect('languages' in close(open({ nodes: [], edges: [] }))).toBe(false);
});

test('what is copied takes its texts along, under the new ids', () => {
  const part = unpack(pack(cut(open(graph()), new Set(['ask'])))) as Graph;
  const pasted = paste(open({ nodes: [], edges: [] }), part, { x: 0, y: 0 }).doc;
  const node = Object.values(pasted.nodes)[0] as GraphNode;
  const item = (node.data['buttons'] as { id: string }[])[0]?.id ?? '';
  expect(pasted.languages.others).toEqual(['hi']);
  expect(pasted.texts['hi']?.[node.id]?.[`buttons.${item}.title`]?.text).toBe('हाँ');
  expect(item).not.toBe('y');
});

test('another translation is a change between versions', () => {
  const doc = setText(open(graph()), 'hi', 'bye', { path: 'text', text: 'Yes' }, 'हाँ');
  expect(compare(graph(), close(doc)).changed.map((one) => one.id)).toEqual(['bye']);
});

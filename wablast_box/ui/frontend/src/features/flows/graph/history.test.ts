import { expect, test } from 'vitest';
import { changeNode, open } from './document';
import { GRAPH } from './fixtures';
import { packHistory, unpackHistory } from './history';

const FIRST = open(GRAPH);
const SECOND = changeNode(FIRST, 'yes', { name: 'Silk' });
const THIRD = changeNode(SECOND, 'yes', { name: 'Silk it is' });

test('a history comes back whole, and what did not change is still the same thing', () => {
  const back = unpackHistory(packHistory({ doc: SECOND, past: [FIRST], future: [THIRD] }));

  expect(back).toEqual({ doc: SECOND, past: [FIRST], future: [THIRD] });
  expect(back?.past[0]?.nodes['ask']).toBe(back?.doc.nodes['ask']);
  expect(back?.future[0]?.edges).toBe(back?.doc.edges);
});

test('a hundred steps of a flow of 300 nodes stay far below what a tab may keep', () => {
  const nodes = Array.from({ length: 300 }, (_, at) => ({ id: `n${String(at)}`, type: 'send_message', version: 1, data: { text: 'x'.repeat(200) } }));
  const docs = [open({ ...GRAPH, nodes })];
  for (let at = 0; at < 100; at += 1) docs.push(changeNode(docs[at] ?? FIRST, `n${String(at)}`, { name: 'changed' }));

  const text = packHistory({ doc: docs[100] ?? FIRST, past: docs.slice(0, 100), future: [] });
  expect(text.length).toBeLessThan(1_000_000);
});

test('what is no history is none', () => {
  for (const text of [null, '', '{}', '[]', '{"things":[],"parts":[],"docs":[[0]],"past":0}']) expect(unpackHistory(text)).toBeNull();
});

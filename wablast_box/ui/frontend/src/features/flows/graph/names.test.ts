import { expect, test } from 'vitest';
import { pack, unpack } from './clipboard';
import { addNode, close, move, open, remove } from './document';
import type { Graph, Kind } from './types';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const START = { id: 'start', type: 'start', version: 1, data: {} };
const fileWith = (name: string): string =>
  `{"wablast_flow": 1, "nodes": [${JSON.stringify(START)}, {"id": "${name}", "type": "end", "version": 1, "data": {"${name}": {"polluted": true}}}], "edges": [{"from": "start", "output": "next", "to": "${name}"}], "layout": {}, "notes": [{"id": "s1", "x": 0, "y": 0, "text": "hi"}], "groups": []}`;

test.each(NAMES)('a step called %s is a step like others', (name) => {
  const doc = open(unpack(fileWith(name)) as Graph);

  expect(Object.keys(doc.nodes)).toEqual(['start', name]);
  expect(Object.getOwnPropertyDescriptor(doc.layout, name)?.value).toEqual({ x: 330, y: 0 });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.getPrototypeOf(doc.nodes)).toBe(Object.prototype);
});

test.each(NAMES)('a step called %s is moved, kept and taken away', (name) => {
  const doc = move(open(unpack(fileWith(name)) as Graph), Object.fromEntries([[name, { x: 5, y: 6 }]]));
  const again = open(unpack(pack(close(doc))) as Graph);

  expect(Object.getOwnPropertyDescriptor(again.layout, name)?.value).toEqual({ x: 5, y: 6 });
  expect(close(again).nodes.map((node) => node.id)).toEqual(['start', name]);
  expect(close(remove(again, new Set([name]))).nodes.map((node) => node.id)).toEqual(['start']);
  expect(Object.keys(addNode(doc, { type: 'end', version: 1, fields: { type: 'object', properties: {} } } as unknown as Kind, { x: 0, y: 0 }, name).nodes)).toContain(name);
});

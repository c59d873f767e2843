/** A small flow and three node types, for tests. */
import type { Graph, Kind } from './types';

const kind = (more: Partial<Kind> & { type: string }): Kind => ({
  version: 1, title: more.type, help: '', category: 'messages', icon: 'square', fields: { properties: {} }, outputs: ['next'], outputs_from: null, preview: {}, is_slow: false, ...more,
});

export const START = kind({ type: 'start', category: 'start' });
export const TEXT = kind({ type: 'send_message', title: 'Send a message', fields: { properties: { text: { type: 'string', title: 'Text', 'x-widget': 'textarea', maxLength: 20, 'x-lines': 4, 'x-fills': true } }, required: ['text'] }, preview: { body: 'text' } });
export const BUTTONS = kind({
  type: 'send_buttons',
  title: 'Send buttons',
  fields: {
    properties: {
      text: { type: 'string', title: 'Text', 'x-widget': 'textarea', maxLength: 1024, 'x-lines': 4, 'x-fills': true },
      buttons: {
        type: 'array', title: 'Buttons', 'x-widget': 'items', 'x-item': 'Button', minItems: 1, maxItems: 3,
        items: { properties: { id: { type: 'string' }, title: { type: 'string', title: 'Words', 'x-widget': 'text', maxLength: 20 } }, required: ['id', 'title'] },
      },
      save_as: { type: 'string', title: 'Keep as', 'x-widget': 'variable' },
    },
  },
  outputs: ['timeout'],
  outputs_from: { field: 'buttons', label: 'title' },
  preview: { body: 'text', buttons: 'buttons' },
});

export const KINDS = new Map([START, TEXT, BUTTONS].map((one) => [one.type, one]));

export const GRAPH: Graph = {
  nodes: [
    { id: 'start', type: 'start', version: 1, data: {} },
    { id: 'ask', type: 'send_buttons', version: 1, data: { text: 'Which?', buttons: [{ id: 'b1', title: 'One' }, { id: 'b2', title: 'Two' }], save_as: 'choice' } },
    { id: 'yes', type: 'send_message', version: 1, data: { text: 'Yes' } },
    { id: 'other', type: 'send_message', version: 1, data: { text: 'Other' } },
  ],
  edges: [{ from: 'start', output: 'next', to: 'ask' }, { from: 'ask', output: 'b1', to: 'yes' }],
  layout: { start: { x: 0, y: 0 }, ask: { x: 300, y: 0 }, yes: { x: 600, y: 0 }, other: { x: 600, y: 300 } },
  notes: [],
  groups: [],
};

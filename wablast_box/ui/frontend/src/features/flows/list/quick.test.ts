import { expect, test } from 'vitest';
import { drawnFrom } from './quick';

test('a quick answer is a flow of two steps', () => {
  const { nodes, edges } = drawnFrom({ words: ' price, rate ', match: 'contains', reply: ' ₹999 ', priority: 5 });
  expect(nodes.map(({ type, data }) => [type, data])).toEqual([
    ['start', { triggers: [{ id: 'words', kind: 'keyword', words: 'price, rate', match: 'contains', priority: 5 }] }],
    ['send_message', { text: '₹999' }],
  ]);
  expect(edges).toEqual([{ from: 'start', output: 'next', to: 'answer' }]);
});

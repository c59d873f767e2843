import { expect, test } from 'vitest';
import { after } from './present';

const ravi = { flow_id: '1', window: 'w1', user: { id: '7', name: 'Ravi' }, is_open: true, lasts_s: 6 };

test('a window that says it again stays longer, and goes when it says so', () => {
  const there = after([], ravi, 1000);
  const still = after(there, ravi, 3000);

  expect(there).toEqual([{ window: 'w1', id: '7', name: 'Ravi', until: 7000 }]);
  expect(still).toEqual([{ window: 'w1', id: '7', name: 'Ravi', until: 9000 }]);
  expect(after(still, { ...ravi, is_open: false }, 4000)).toEqual([]);
});

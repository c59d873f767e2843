import { expect, test } from 'vitest';
import { summaryWords } from './summary';

test.each([
  ['messages 1', '1 message'],
  ['messages 2, statuses 1', '2 messages, 1 status'],
  ['account_update 1', 'account_update'],
  ['flows 3', 'flows 3'],
  ['nothing', 'Nothing'],
  [null, 'Not looked at yet'],
])('%s reads %s', (summary, words) => {
  expect(summaryWords(summary)).toBe(words);
});

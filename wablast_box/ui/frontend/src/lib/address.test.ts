import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from './address';

test('a conversation keeps its number, which JavaScript would round', () => {
  expect(parseSearch('?c=7400000000000000001&filter=unread')).toEqual({ c: '7400000000000000001', filter: 'unread' });
});

test('what is not said is not written', () => {
  expect(stringifySearch({ c: '7400000000000000001', filter: undefined })).toBe('?c=7400000000000000001');
  expect(stringifySearch({})).toBe('');
});

import { expect, test } from 'vitest';
import { changesIn, withWebsite } from './profile';

const STORED = { about: 'Silk', address: '', description: '', email: '', websites: ['https://a.example'], vertical: 'RETAIL', has_photo: false };

test('only what is different is sent', () => {
  expect(changesIn(STORED, {})).toEqual({});
  expect(changesIn(STORED, { about: 'Silk', email: 'x@example.com' })).toEqual({ email: 'x@example.com' });
});

test('websites are compared as a whole, without empty ones', () => {
  expect(changesIn(STORED, { websites: ['https://a.example', ' '] })).toEqual({});
  expect(changesIn(STORED, { websites: ['', 'https://b.example'] })).toEqual({ websites: ['https://b.example'] });
  expect(withWebsite(['https://a.example'], 1, 'https://b.example')).toEqual(['https://a.example', 'https://b.example']);
});

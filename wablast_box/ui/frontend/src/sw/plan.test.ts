import { expect, test } from 'vitest';
import { planFor } from './plan';

const HOME = 'https://box.example.com';
const FILES = new Set(['/icon.svg', '/assets/index-1.js']);
const ask = (path: string, part: { method?: string; mode?: string } = {}) =>
  planFor({ method: 'GET', mode: 'cors', url: new URL(path, HOME), ...part }, HOME, FILES);

test.each(['/', '/inbox?c=7', '/settings/alerts', '/signin?next=/inbox'])('a visit to %s is answered by the shell', (path) => {
  expect(ask(path, { mode: 'navigate' })).toBe('shell');
});

test.each(['/assets/index-1.js', '/assets/later-2.js', '/icon.svg'])('%s comes from the cache', (path) => {
  expect(ask(path)).toBe('file');
});

test.each([
  '/api/v1/conversations', '/api/v1/session', '/api/v1/media/7', '/media/AQAB', '/hooks/meta', '/socket.io/?EIO=4', '/simulator/phone', '/demo/sign-in?token=x', '/healthz', '/readyz', '/sw.js',
  'https://elsewhere.example/assets/index-1.js', '/robots.txt',
])('%s is never answered from a cache', (path) => {
  expect(ask(path)).toBe('leave');
  expect(ask(path, { mode: path.startsWith('/robots') ? 'cors' : 'navigate' })).toBe('leave');
});

test('what changes something is never answered from a cache', () => {
  expect(ask('/', { method: 'POST', mode: 'navigate' })).toBe('leave');
});

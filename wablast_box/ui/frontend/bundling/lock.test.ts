import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const entries = Object.entries(lock.packages);
const names = new Set(entries.map(([path]) => path.split('node_modules/').at(-1)));

test('the lock file names no download address, so it works with any registry', () => {
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});

test('every native part for every system is in the lock file, else npm ci refuses it elsewhere', () => {
  const wanted = entries.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));

  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

import { expect, test } from 'vitest';
import type { OurRole } from '@/api/types';
import { beginning, groupOf, matrix, rebased, toggled } from './draft';

const ours: OurRole[] = [
  { role: 'OWNER', permissions: ['roles.write'], grantable: [], always: ['account.own'] },
  { role: 'ADMIN', permissions: ['inbox.read', 'users.write'], grantable: ['account.own', 'inbox.read', 'users.write'], always: ['account.own'] },
  { role: 'AGENT', permissions: ['inbox.read'], grantable: ['account.own', 'inbox.read', 'tags.write'], always: ['account.own'] },
];

test('rights stand in groups, and what only an owner has is not among them', () => {
  expect(matrix(ours)).toEqual([['inbox', ['inbox.read']], ['desk', ['tags.write']], ['users', ['users.write']], ['account', ['account.own']]]);
  expect(groupOf('webhooks.read')).toBe('box');
});

test('a new role begins as its base and another base takes away what it cannot hold', () => {
  const draft = beginning(ours, 'ADMIN');

  expect(draft.permissions).toEqual(['inbox.read', 'users.write']);
  expect(rebased(draft, ours, 'AGENT').permissions).toEqual(['inbox.read']);
});

test('a right is given and taken back', () => {
  const given = toggled(beginning(ours, 'AGENT'), 'tags.write');

  expect(given.permissions).toEqual(['inbox.read', 'tags.write']);
  expect(toggled(given, 'tags.write').permissions).toEqual(['inbox.read']);
});

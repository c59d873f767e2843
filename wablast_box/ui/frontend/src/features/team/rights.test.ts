import { expect, test } from 'vitest';
import type { Role, User } from '@/api/types';
import { grantableBy, hindrance } from './rights';

const person = (id: string, role: Role, disabled_at: string | null = null): User => ({ id, name: id, email: `${id}@shop.in`, role, disabled_at, last_seen_at: null, role_id: null, role_name: null, has_joined: true, has_second_factor: false, second_factor_due_at: null });
const asha = person('asha', 'OWNER');
const meera = person('meera', 'ADMIN');
const ravi = person('ravi', 'AGENT');

test('the last owner can neither be demoted nor disabled', () => {
  expect(hindrance([asha, ravi], asha, asha)).toBe('lastOwner');
  expect(hindrance([asha, person('gone', 'OWNER', '2026-11-01T00:00:00Z')], asha, asha)).toBe('lastOwner');
});

test('with a second owner one still does not change oneself', () => {
  const kiran = person('kiran', 'OWNER');

  expect(hindrance([asha, kiran], asha, asha)).toBe('self');
  expect(hindrance([asha, kiran], kiran, asha)).toBeNull();
});

test('an admin changes agents and analysts, nobody above', () => {
  expect(hindrance([asha, meera, ravi], ravi, meera)).toBeNull();
  expect(hindrance([asha, meera, ravi], asha, meera)).toBe('notManaged');
  expect(hindrance([asha, meera, ravi], meera, meera)).toBe('notManaged');
});

test('a key never has more rights than the person who makes it', () => {
  expect(grantableBy('ADMIN')).toEqual(['ADMIN', 'AGENT', 'ANALYST']);
});

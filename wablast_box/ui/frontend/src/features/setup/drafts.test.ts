import { beforeEach, expect, test } from 'vitest';
import type { Setup } from '@/api/types';
import { changesOf, forgetDrafts, isFresh, makeVerifyToken, settle, useDrafts, write } from './drafts';

const secret = { set: true, last4: 'abcd', updated_at: null };
const setup = (checks: Setup['checks'] = []): Setup => ({
  finished_at: null, webhook_url: '', public_url: null, checks,
  number: { phone_number_id: '1', waba_id: '2', access_token: secret, app_secret: secret, verify_token: secret },
  proof: { received_at: null, sent_at: null, message_id: null },
});

beforeEach(forgetDrafts);

test('only what differs from what is stored is sent, without the blanks around it', () => {
  expect(changesOf(setup(), { phone_number_id: '1', waba_id: ' 3 ', app_secret: '' })).toEqual({ waba_id: '3' });
});

test('a wrong value stays to be mended, a right one is forgotten', () => {
  write('access_token', 'EAAwrong');
  write('app_secret', 'right');

  settle(setup([{ name: 'access_token', ok: false, title: '', help: null }]), { access_token: 'EAAwrong', app_secret: 'right' });

  expect(useDrafts.getState().typed).toEqual({ access_token: 'EAAwrong' });
});

test('a check speaks of what was sent, not of what was typed since', () => {
  expect(isFresh('access_token', { typed: { access_token: 'a' }, sent: { access_token: 'a' } })).toBe(true);
  expect(isFresh('access_token', { typed: { access_token: 'ab' }, sent: { access_token: 'a' } })).toBe(false);
  expect(isFresh('access_token', { typed: {}, sent: {} })).toBe(true);
});

test('the verify token can be copied after it was stored', () => {
  settle(setup(), { verify_token: 'made' });
  settle(setup(), {});

  expect(useDrafts.getState().verifyToken).toBe('made');
  expect(makeVerifyToken()).toMatch(/^[\w-]{32}$/);
});

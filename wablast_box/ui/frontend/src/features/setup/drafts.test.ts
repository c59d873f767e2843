import { beforeEach, expect, test } from 'vitest';
import type { Setup } from '@/api/types';
import { ask, changesOf, claimDrafts, forgetDrafts, isFresh, makeVerifyToken, settle, useDrafts, write } from './drafts';

const secret = { set: true, last4: 'abcd', updated_at: null };
const setup = (): Setup => ({
  finished_at: null, webhook_url: '', public_url: null, checks: [], checked_at: null,
  number: { phone_number_id: '1', waba_id: '2', access_token: secret, app_secret: secret, verify_token: secret, previous_app_secret_until: null },
  proof: { received_at: null, sent_at: null, message_id: null },
});

beforeEach(forgetDrafts);

test('only what differs from what is stored is sent, without the blanks around it', () => {
  expect(changesOf(setup(), { phone_number_id: '1', waba_id: ' 3 ', app_secret: '' })).toEqual({ waba_id: '3' });
});

test('a refused value stays to be mended, an accepted one is forgotten', () => {
  write('access_token', 'EAAwrong');
  ask({ access_token: 'EAAwrong' });
  expect(useDrafts.getState().typed).toEqual({ access_token: 'EAAwrong' });

  settle();

  expect(useDrafts.getState().typed).toEqual({});
});

test('a refusal speaks of what was sent, not of what was typed since', () => {
  expect(isFresh('access_token', { typed: { access_token: 'a ' }, sent: { access_token: 'a' } })).toBe(true);
  expect(isFresh('access_token', { typed: { access_token: 'ab' }, sent: { access_token: 'a' } })).toBe(false);
});

test('what one person typed is not there for the next', () => {
  claimDrafts('asha');
  write('access_token', 'EAAsecret');
  claimDrafts('asha');
  expect(useDrafts.getState().typed).toEqual({ access_token: 'EAAsecret' });

  claimDrafts('kiran');

  expect(useDrafts.getState().typed).toEqual({});
});

test('the verify token can be copied after it was stored', () => {
  ask({ verify_token: 'made' });
  settle();
  ask({ waba_id: '3' });
  settle();

  expect(useDrafts.getState().verifyToken).toBe('made');
  expect(makeVerifyToken()).toMatch(/^[\w-]{32}$/);
});

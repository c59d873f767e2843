import { expect, test } from 'vitest';
import { anActivity } from '../fixtures';
import { activityWords } from './activities';

const ravi = { kind: 'user', id: '7', name: 'Ravi' };
const box = { kind: 'system', id: null, name: null };

test.each([
  ['assigned', ravi, { user: { id: '8', name: 'Asha' } }, 'Ravi gave the conversation to Asha'],
  ['assigned', ravi, { user: { id: '7', name: 'Ravi' } }, 'Ravi took the conversation'],
  ['assigned', ravi, { user: null }, 'Ravi gave the conversation back to everybody'],
  ['assigned', box, { user: { id: '8', name: 'Asha' } }, 'Given to Asha automatically'],
  ['team', ravi, { team: { id: '1', name: 'Service' } }, 'Ravi moved the conversation to Service'],
  ['state', box, { state: 'resolved' }, 'The box resolved the conversation'],
  ['state', ravi, { state: 'snoozed', until: null }, 'Ravi snoozed the conversation'],
  ['tag', ravi, { added: [{ name: 'VIP' }], removed: [{ name: 'New' }] }, 'Ravi added the tag VIP · Ravi removed the tag New'],
  ['tag', ravi, { added: 'nonsense' }, 'Ravi: tag'],
  ['state', ravi, { state: 'unheard of' }, 'Ravi: state'],
  ['something newer', ravi, { text: 'did it\u202E' }, 'Ravi: did it‹RLO›'],
  ['something newer', null, {}, 'The customer: something newer'],
])('%s by %o with %o', (kind, actor, detail, said) => {
  expect(activityWords(anActivity('1', { kind, actor, detail }))).toBe(said);
});

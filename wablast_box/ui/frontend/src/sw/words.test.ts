import { expect, test } from 'vitest';
import { wordsOf } from './words';

test('a message says who, and what only when the box sent it', () => {
  expect(wordsOf({ kind: 'message', conversation_id: '7', name: 'Kabir', type: 'text', text: null })).toMatchObject({ title: 'Kabir', body: 'New message', path: '/inbox?c=7' });
  expect(wordsOf({ kind: 'message', conversation_id: '7', name: null, type: 'image', text: null })).toMatchObject({ title: 'A customer', body: 'Photo' });
  expect(wordsOf({ kind: 'message', conversation_id: '7', name: 'Kabir', type: 'text', text: 'is it ready?' }).body).toBe('is it ready?');
});

test('news about the same chat replaces the former', () => {
  const one = wordsOf({ kind: 'message', conversation_id: '7', name: 'Kabir' });
  const two = wordsOf({ kind: 'mention', conversation_id: '7', name: 'Kabir' });

  expect(one.tag).toBe(two.tag);
});

test('a name with markup stays text and an odd id leads nowhere else', () => {
  const words = wordsOf({ kind: 'message', conversation_id: '7&next=//evil', name: '<b>{name}</b>' });

  expect(words.title).toBe('<b>{name}</b>');
  expect(words.path).toBe('/inbox?c=7%26next%3D%2F%2Fevil');
});

test('what is late says which promise was missed', () => {
  expect(wordsOf({ kind: 'overdue', conversation_id: '7', name: 'Kabir', type: 'answer' })).toMatchObject({ title: 'An answer is late', body: 'In the chat with Kabir', path: '/inbox?c=7' });
  expect(wordsOf({ kind: 'overdue', conversation_id: '7', name: 'Kabir', type: 'resolve' }).title).toBe('A chat should be resolved by now');
  expect(wordsOf({ kind: 'many_overdue', count: 9 }).title).toBe('9 chats are late');
});

test('what a newer box may send is still told', () => {
  expect(wordsOf({ kind: 'order.paid' }).title).toBe('News from your box');
  expect(wordsOf({ kind: 'many', count: 9 }).title).toBe('9 customers wrote');
});

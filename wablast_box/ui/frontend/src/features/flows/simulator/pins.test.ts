import { expect, test } from 'vitest';
import { readAnswer, readPins, withPin } from './pins';

test('a pin keeps its other parts and goes when the last one does', () => {
  const answered = withPin({}, 'a', { answer: { ok: true } });
  const both = withPin(answered, 'a', { variables: { who: 'Asha' } });

  expect(both).toEqual({ a: { answer: { ok: true }, variables: { who: 'Asha' } } });
  expect(withPin(withPin(both, 'a', { answer: undefined }), 'a', { variables: undefined })).toEqual({});
});

test('an answer is JSON, or the words themselves, but never JSON that was begun wrongly', () => {
  expect(readAnswer('{"a": 1}')).toEqual({ value: { a: 1 } });
  expect(readAnswer('shipped')).toEqual({ value: 'shipped' });
  expect(readAnswer('42')).toEqual({ value: 42 });
  expect(readAnswer('{"a": ')).toBeNull();
});

test('what the browser kept is read with care', () => {
  expect(readPins(null)).toEqual({});
  expect(readPins('[1]')).toEqual({});
  expect(readPins('nonsense')).toEqual({});
});

import { expect, test } from 'vitest';
import { callAt, called, matching, mentionPieces } from './mentions';

const ravi = { id: '1', name: 'Ravi' };
const raviRao = { id: '2', name: 'Ravi Rao' };
const asha = { id: '3', name: 'Asha' };

test('names that are called become pieces of their own, the longest first', () => {
  expect(mentionPieces('@Ravi Rao and @Ravi: see @Nobody', [ravi, raviRao])).toEqual([
    { text: '@Ravi Rao', mention: true },
    { text: ' and ', mention: false },
    { text: '@Ravi', mention: true },
    { text: ': see @Nobody', mention: false },
  ]);
});

test('a name with signs of a pattern is only a name', () => {
  expect(mentionPieces('@A.*( hi', [{ id: '1', name: 'A.*(' }])[0]).toEqual({ text: '@A.*(', mention: true });
});

test.each([
  ['@', 1, { from: 0, query: '' }],
  ['hi @ra', 6, { from: 3, query: 'ra' }],
  ['hi @Ravi R', 10, { from: 3, query: 'Ravi R' }],
  ['mail@example', 12, null],
  ['@Ravi\nnext', 10, null],
])('in %j at %i', (text, caret, found) => {
  expect(callAt(text, caret)).toEqual(found);
});

test('a colleague is found by any word of the name', () => {
  expect(matching([ravi, raviRao, asha], 'ra').map(({ id }) => id)).toEqual(['1', '2']);
  expect(matching([ravi, raviRao, asha], 'rao').map(({ id }) => id)).toEqual(['2']);
});

test('a name that was deleted again calls nobody', () => {
  expect(called('@Asha look', [ravi, asha, asha])).toEqual([asha]);
});

import { expect, it } from 'vitest';
import { after, stillThere } from './presence';

const says = (name: string, doing: 'viewing' | 'typing' | null) => ({ conversation_id: '1', user: { id: name, name }, doing, lasts_s: 6 });

it('keeps the last thing that each colleague said, for six seconds', () => {
  const one = after([], says('Ravi', 'viewing'), 1000);
  const two = after(one, says('Ravi', 'typing'), 2000);
  const both = after(two, says('Asha', 'viewing'), 2500);

  expect(both).toEqual([{ id: 'Ravi', name: 'Ravi', doing: 'typing', until: 8000 }, { id: 'Asha', name: 'Asha', doing: 'viewing', until: 8500 }]);
  expect(after(both, says('Ravi', null), 3000).map((colleague) => colleague.name)).toEqual(['Asha']);
});

it('forgets a chat in which nobody is any more: a window passes hundreds of them', () => {
  const ravi = after([], says('Ravi', 'viewing'), 1000);
  const both = after(ravi, says('Asha', 'viewing'), 5000);

  expect(stillThere({ first: both, second: ravi, third: [] }, 7500)).toEqual({ first: [both[1]] });
});

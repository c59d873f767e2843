import { expect, test } from 'vitest';
import { nameOfCard, vcardOf } from './vcard';

const unfolded = (text: string): string => text.replaceAll('\r\n ', '');

test('a card becomes a file that address books take', () => {
  const card = {
    name: { formatted_name: 'Meera Iyer', first_name: 'Meera', last_name: 'Iyer' }, birthday: '1990-02-01',
    phones: [{ phone: '+91 98450 99999', type: 'WORK', wa_id: '919845099999' }, { wa_id: '919845011111' }],
    emails: [{ email: 'meera@example.in' }], org: { company: 'Iyer & Sons; Silk', title: 'Owner' }, urls: [{ url: 'https://example.in' }],
    addresses: [{ street: '1, Church Street', city: 'Bengaluru', country: 'India' }],
  };

  expect(vcardOf(card).split('\r\n')).toEqual([
    'BEGIN:VCARD', 'VERSION:3.0', 'N:Iyer;Meera;;;', 'FN:Meera Iyer', 'ORG:Iyer & Sons\\; Silk;', 'TITLE:Owner',
    'TEL;TYPE=WORK:+91 98450 99999', 'TEL;TYPE=CELL:+919845011111', 'EMAIL;TYPE=INTERNET:meera@example.in',
    'ADR;TYPE=HOME:;;1\\, Church Street;Bengaluru;;;India', 'URL:https://example.in', 'BDAY:1990-02-01', 'END:VCARD', '',
  ]);
});

test('what a stranger wrote cannot begin a line of its own', () => {
  const text = unfolded(vcardOf({ name: { formatted_name: 'A\r\nTEL:+1900\nEND:VCARD' }, phones: [{ phone: '1', type: 'X:2\r\nURL' }] }));

  expect(text.match(/^(TEL|END|URL).*/gm)).toEqual(['TEL;TYPE=CELL:1', 'END:VCARD']);
});

test('long lines are folded between signs', () => {
  const text = vcardOf({ name: { formatted_name: 'क्षत्रिय '.repeat(40) } });

  expect(Math.max(...text.split('\r\n').map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
  expect(unfolded(text)).toContain('क्षत्रिय '.repeat(40));
});

test('a whole card that WhatsApp brings along is passed on, half a one is not', () => {
  expect(vcardOf({ vcard: 'BEGIN:VCARD\nFN:X\nEND:VCARD\n' })).toBe('BEGIN:VCARD\nFN:X\nEND:VCARD\r\n');
  expect(vcardOf({ vcard: 'FN:X', name: { formatted_name: 'Y' } })).toContain('FN:Y');
});

test.each([
  [{ name: { formatted_name: 'A B' } }, 'A B'],
  [{ name: { first_name: 'A', last_name: 'B' } }, 'A B'],
  [{ phones: [{ wa_id: '91' }] }, '91'],
  [{ name: 'nonsense', phones: 'nonsense' }, ''],
])('%o is called %j', (card, name) => {
  expect(nameOfCard(card)).toBe(name);
});

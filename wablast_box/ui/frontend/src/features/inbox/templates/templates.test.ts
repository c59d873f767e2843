import { describe, expect, it } from 'vitest';
import type { Conversation, Template, TemplateBlank, TemplateCard } from '@/api/types';
import { aConversation } from '../fixtures';
import { costOf } from './cost';
import { found } from './queries';
import { inLine, keyOf, pieces, render } from './rendered';
import { knownOf, missingOf, parametersOf, prefilled } from './values';

const TEMPLATE: Template = {
  id: '1', meta_id: '9', name: 'order_update', language: 'en', category: 'utility', status: 'approved', quality: 'unknown', reason: null, details: null, advice: null,
  next_category: null, next_category_at: null, named: false, header: { kind: 'image', text: null }, body: 'Hello {{1}}, order {{2}} leaves.', footer: 'Asha Textiles',
  buttons: [{ index: 0, kind: 'url', text: 'Details', url: 'https://shop.example/o/{{1}}', phone_number: null }],
  blanks: [
    { place: 'header', key: 'media', kind: 'image', label: 'image', example: null, most: 0, card: null },
    { place: 'body', key: '1', kind: 'text', label: '1', example: 'Kabir', most: 1024, card: null },
    { place: 'body', key: '2', kind: 'text', label: '2', example: 'WB-1', most: 1024, card: null },
    { place: 'buttons', key: '0', kind: 'suffix', label: 'Details', example: '1', most: 2000, card: null },
  ],
  cards: [], refusal: null, others: [],
};
const CARD: TemplateCard = { header: { kind: 'image', text: null }, body: 'The {{1}} for {{2}}', footer: null, buttons: [{ index: 0, kind: 'url', text: 'Buy', url: 'https://shop.example/p/{{1}}', phone_number: null }] };
const ofCard = (card: number): TemplateBlank[] => [
  { place: 'header', key: 'media', kind: 'image', label: 'image', example: null, most: 0, card },
  { place: 'body', key: '1', kind: 'text', label: '1', example: 'Saree', most: 160, card },
  { place: 'body', key: '2', kind: 'text', label: '2', example: '₹900', most: 160, card },
  { place: 'buttons', key: '0', kind: 'suffix', label: 'Buy', example: '1', most: 2000, card },
];
const SAREES: Template = {
  ...TEMPLATE, header: null, body: 'Hello {{1}}, new:', footer: null, buttons: [], cards: [CARD, CARD],
  blanks: [{ place: 'body', key: '1', kind: 'text', label: '1', example: 'Kabir', most: 1024, card: null }, ...ofCard(0), ...ofCard(1)],
};
const SILK = { id: '77', name: 'silk.jpg', preview: null };
const NOW = Date.parse('2026-11-22T10:00:00Z');
const KABIR: Conversation = aConversation('5');

describe('what the customer will see', () => {
  it('fills what is there and leaves the rest in sight', () => {
    const shown = render(TEMPLATE, { 'body.1': 'Kabir', 'buttons.0': '7' });

    expect(shown.body).toBe('Hello Kabir, order {{2}} leaves.');
    expect(shown.buttons[0]?.url).toBe('https://shop.example/o/7');
    expect(pieces(shown.body).filter(({ blank }) => blank)).toEqual([{ text: '2', blank: true }]);
    expect(inLine(TEMPLATE.body)).toBe('Hello …, order … leaves.');
  });

  it('does not look into a value again, whatever it holds', () => {
    expect(render(TEMPLATE, { 'body.1': '{{2}} $& $1', 'body.2': '<b>' }).body).toBe('Hello {{2}} $& $1, order <b> leaves.');
  });
});

describe('filling in', () => {
  it('greets by the first name, and nobody by their number', () => {
    const named = { ...KABIR, contact: { ...KABIR.contact, name: 'Kabir Mehta' } };
    const hidden = { ...KABIR, contact: { ...KABIR.contact, name: KABIR.contact.phone ?? '' } };

    expect(prefilled(TEMPLATE, knownOf(named, 'Ravi Rao', 'Asha Textiles'))).toEqual({ 'body.1': 'Kabir' });
    expect(prefilled(TEMPLATE, knownOf(hidden, 'Ravi Rao', 'Asha Textiles'))).toEqual({});
  });

  it('names every blank that is left, spaces included', () => {
    expect(missingOf(TEMPLATE, { 'body.1': ' ', 'body.2': 'x' }, {}).map(({ key }) => key)).toEqual(['media', '1', '0']);
  });

  it('tells the box the header apart from the text', () => {
    const file = { id: '77', name: 'a.jpg', preview: null };

    expect(parametersOf(TEMPLATE, { 'body.1': ' Kabir ', 'body.2': 'WB', 'buttons.0': '7' }, { 'header.media': file })).toEqual({
      header: { media: { media_id: '77' } }, body: { 1: 'Kabir', 2: 'WB' }, buttons: { 0: '7' },
    });
  });
});

describe('cards side by side', () => {
  it('are drawn each with its own values', () => {
    const shown = render(SAREES, { 'body.1': 'Kabir', 'cards.0.body.1': 'silk saree', 'cards.1.body.1': 'cotton saree', 'cards.1.buttons.0': 'cotton' });

    expect(shown.body).toBe('Hello Kabir, new:');
    expect(shown.cards.map(({ body }) => body)).toEqual(['The silk saree for {{2}}', 'The cotton saree for {{2}}']);
    expect(shown.cards[1]?.buttons[0]?.url).toBe('https://shop.example/p/cotton');
  });

  it('miss what only another card has', () => {
    const values = { 'body.1': 'Kabir', 'cards.0.body.1': 'silk', 'cards.0.body.2': '₹4,200', 'cards.0.buttons.0': 'silk' };

    expect(missingOf(SAREES, values, { 'cards.0.header.media': SILK }).map(keyOf)).toEqual(['cards.1.header.media', 'cards.1.body.1', 'cards.1.body.2', 'cards.1.buttons.0']);
  });

  it('reach the box from left to right, each with its file', () => {
    const values = { 'body.1': 'Kabir', 'cards.0.body.1': ' silk ', 'cards.0.body.2': '₹4,200', 'cards.0.buttons.0': 'silk', 'cards.1.body.1': 'cotton', 'cards.1.body.2': '₹900', 'cards.1.buttons.0': 'cotton' };
    const files = { 'cards.0.header.media': SILK, 'cards.1.header.media': { ...SILK, id: '78' } };

    expect(parametersOf(SAREES, values, files)).toEqual({
      body: { 1: 'Kabir' },
      cards: [
        { header: { media: { media_id: '77' } }, body: { 1: 'silk', 2: '₹4,200' }, buttons: { 0: 'silk' } },
        { header: { media: { media_id: '78' } }, body: { 1: 'cotton', 2: '₹900' }, buttons: { 0: 'cotton' } },
      ],
    });
  });

  it('greet nobody by the name that belongs to the text', () => {
    expect(prefilled(SAREES, knownOf({ ...KABIR, contact: { ...KABIR.contact, name: 'Kabir Mehta' } }, 'Ravi', 'Shop'))).toEqual({ 'body.1': 'Kabir' });
  });

  it('are found by their words', () => {
    expect(found([SAREES, TEMPLATE], 'the for')).toEqual([SAREES]);
  });
});

describe('what it costs', () => {
  it('is nothing within the free 72 hours, and said by category else', () => {
    expect(costOf(TEMPLATE, { free_entry_until: '2026-11-23T10:00:00Z' }, NOW)).toMatchObject({ free: true });
    expect(costOf(TEMPLATE, { free_entry_until: '2026-11-22T09:59:00Z' }, NOW).words).toContain('utility');
    expect(costOf({ category: 'marketing' }, { free_entry_until: null }, NOW).words).toContain('marketing');
  });
});

describe('looking one up', () => {
  it('asks for every word, in the name as one would say it or in the text', () => {
    expect(found([TEMPLATE], 'order update leaves')).toHaveLength(1);
    expect(found([TEMPLATE], 'order refund')).toHaveLength(0);
  });
});

import { expect, test } from 'vitest';
import type { FieldSchema, ObjectSchema } from '../graph/types';
import { beginsByItself, detailsOf, kindOf, matters } from './when';

const select = (labels: Record<string, string>, more: FieldSchema): FieldSchema => ({ 'x-widget': 'select', enum: Object.keys(labels), 'x-labels': Object.values(labels), ...more });

const TRIGGER: ObjectSchema = {
  properties: {
    kind: select({ keyword: 'The message says', schedule: 'At a time' }, { default: 'keyword' }),
    words: { 'x-when': { kind: ['keyword'] } },
    repeat: select({ once: 'once', weekly: 'every week' }, { default: 'once', 'x-when': { kind: ['schedule'] } }),
    on: { 'x-when': { kind: ['schedule'], repeat: ['once'] } },
    weekdays: { 'x-when': { kind: ['schedule'], repeat: ['weekly'] } },
    amount: { 'x-widget': 'number', 'x-when': { kind: ['not_read'] } },
    unit: select({ hours: 'hours' }, { default: 'hours', 'x-when': { kind: ['not_read'] } }),
    side: select({ before: 'days before', on: 'on the day' }, { default: 'on', 'x-when': { kind: ['date_field'] } }),
    days: { 'x-widget': 'number', default: 1, 'x-when': { kind: ['date_field'], side: ['before'] } },
    priority: { default: 0 },
  },
};

test('a field matters only beside the values it names, defaults too', () => {
  const asked = (data: Record<string, string>) => Object.entries(TRIGGER.properties).filter(([, field]) => matters(TRIGGER, field, data)).map(([name]) => name);
  expect(asked({})).toEqual(['kind', 'words', 'priority']);
  expect(asked({ kind: 'schedule' })).toEqual(['kind', 'repeat', 'on', 'priority']);
  expect(asked({ kind: 'schedule', repeat: 'weekly' })).toEqual(['kind', 'repeat', 'weekdays', 'priority']);
});

test('a trigger is told in words', () => {
  const weekly = { id: 't', kind: 'schedule', repeat: 'weekly', weekdays: 'Mon, Thu', words: 'left over' };
  expect([kindOf(TRIGGER, weekly), detailsOf(TRIGGER, weekly)]).toEqual(['At a time', 'every week · Mon, Thu']);
  expect(detailsOf(TRIGGER, { id: 't', words: 'hi, menu' })).toBe('hi, menu');
  expect(detailsOf(TRIGGER, { id: 't', kind: 'not_read', amount: 6 })).toBe('6 hours');
  expect(detailsOf(TRIGGER, { id: 't', kind: 'date_field', side: 'before', days: 3 })).toBe('3 days before');
  expect(detailsOf(TRIGGER, { id: 't', kind: 'date_field', days: 3 })).toBe('on the day');
  expect([beginsByItself(weekly), beginsByItself({ id: 't' })]).toEqual([true, false]);
});

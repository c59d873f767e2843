import { type Item, words } from '../graph/outputs';
import type { Data, FieldSchema, ObjectSchema } from '../graph/types';

/** Is this field asked for, beside what stands in the others? */
export const matters = (schema: ObjectSchema, field: FieldSchema, data: Data): boolean =>
  Object.entries(field['x-when'] ?? {}).every(([other, values]) => values.includes(words(data[other] ?? schema.properties[other]?.default)));

/** What begins a flow when a customer writes; everything else begins it by itself. */
const BY_MESSAGE = new Set(['keyword', 'any_message', 'first_message', 'unmatched', 'button', 'ad']);

export const beginsByItself = (trigger: Item): boolean => !BY_MESSAGE.has(words(trigger['kind'] ?? 'keyword'));

/** A trigger's kind in words. */
export const kindOf = (schema: ObjectSchema, trigger: Item): string => chosen(schema.properties['kind'], words(trigger['kind'] ?? schema.properties['kind']?.default));

/** What else was chosen for it: "every week · Mon, Thu · 10:00 · VIP". */
export function detailsOf(schema: ObjectSchema, trigger: Item): string {
  const all = Object.entries(schema.properties);
  const told = all.flatMap(([name, field], at) => {
    if (field['x-when'] === undefined || name === 'match' || !matters(schema, field, trigger)) return [];
    const value = trigger[name] ?? field.default;
    const [former, next] = [all[at - 1], all[at + 1]];
    // A number that a choice asks for is said with it: "3 days before".
    if (former && asksFor(former, field)) return [];
    if (next && asksFor([name, field], next[1]) && matters(schema, next[1], trigger)) return [` · ${words(trigger[next[0]] ?? next[1].default)} ${chosen(field, words(value))}`];
    if (field['x-widget'] === 'switch') return value === true ? [` · ${field.title ?? name}`] : [];
    // What a number is counted in comes with the number.
    const joint = field['x-widget'] === 'select' && former?.[1]['x-widget'] === 'number' ? ' ' : ' · ';
    return words(value) ? [joint + chosen(field, words(value))] : [];
  });
  return told.join('').replace(/^ · /, '');
}

const asksFor = ([name, choice]: [string, FieldSchema], field: FieldSchema): boolean => choice['x-widget'] === 'select' && field['x-widget'] === 'number' && field['x-when']?.[name] !== undefined;

const chosen = (field: FieldSchema | undefined, value: string): string => field?.['x-labels']?.[field.enum?.indexOf(value) ?? -1] ?? value;

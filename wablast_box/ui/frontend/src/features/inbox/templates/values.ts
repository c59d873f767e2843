/** Filling in a template: what is asked for, what is known of the customer, what the box is told. */
import type { Conversation, Template, TemplateBlank } from '@/api/types';
import { isSeen } from '@/lib/plain';
import { keyOf, type Values } from './rendered';

export interface HeaderFile {
  id: string;
  name: string;
  preview: string | null;
}

/** The files that were chosen, by the keys of their blanks. */
export type Files = Readonly<Record<string, HeaderFile>>;

/** Something known that can be put into a blank. */
export interface Known {
  key: 'firstName' | 'name' | 'phone' | 'me' | 'shop';
  value: string;
}

const first = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

export function knownOf({ contact }: Conversation, me: string | undefined, shop: string | undefined): Known[] {
  // Without a name of their own the list calls people by their number: nobody is greeted by that.
  const name = isSeen(contact.name) && contact.name !== contact.phone && contact.name !== contact.wa_id && contact.name !== contact.user_id ? contact.name.trim() : '';
  const all: Known[] = [
    { key: 'firstName', value: first(name) }, { key: 'name', value: name }, { key: 'phone', value: contact.phone ?? '' },
    { key: 'me', value: first(me ?? '') }, { key: 'shop', value: shop ?? '' },
  ];
  return all.filter(({ value }) => value !== '');
}

const NAMED: Record<string, Known['key']> = {
  name: 'name', full_name: 'name', customer_name: 'name', contact_name: 'name', first_name: 'firstName', firstname: 'firstName', customer: 'firstName',
  phone: 'phone', mobile: 'phone', agent: 'me', agent_name: 'me', shop: 'shop', business: 'shop', business_name: 'shop', shop_name: 'shop',
};
/** A blank right after a greeting is a name, in whichever language one says hello. */
const GREETING = /(?:^|[\s*_])(?:hi|hello|hey|dear|namaste|नमस्ते|नमस्कार|வணக்கம்|ನಮಸ್ಕಾರ|నమస్తే|નમસ્તે|হ্যালো)[\s,*_]*$/iu;

export function prefilled(template: Template, known: readonly Known[]): Values {
  const valueOf = (key: Known['key'] | undefined): string | undefined => known.find((one) => one.key === key)?.value;
  const found = template.blanks.flatMap((blank): [string, string][] => {
    if (blank.kind !== 'text') return [];
    const { body } = partOf(template, blank);
    const at = body.search(new RegExp(`\\{\\{\\s*${blank.key}\\s*\\}\\}`));
    const greets = blank.place === 'body' && at >= 0 && GREETING.test(body.slice(Math.max(0, at - 24), at));
    const value = valueOf(NAMED[blank.key.toLowerCase()] ?? (greets ? 'firstName' : undefined));
    return value ? [[keyOf(blank), value]] : [];
  });
  return Object.fromEntries(found);
}

export const isFile = ({ kind }: TemplateBlank): boolean => kind === 'image' || kind === 'video' || kind === 'document';

/** What a blank stands in: the template itself or one of its cards. */
export const partOf = (template: Template, { card }: Pick<TemplateBlank, 'card'>): Pick<Template, 'header' | 'body'> => (card === null ? template : template.cards[card] ?? template);

export const missingOf = (template: Template, values: Values, files: Files): TemplateBlank[] =>
  template.blanks.filter((blank) => {
    if (isFile(blank)) return files[keyOf(blank)] === undefined;
    if (blank.kind === 'location') return !isPlace(values);
    return (values[keyOf(blank)] ?? '').trim() === '';
  });

export const isPlace = (values: Values): boolean => within(values['header.latitude'], 90) && within(values['header.longitude'], 180);

const within = (text: string | undefined, most: number): boolean => (text ?? '').trim() !== '' && Math.abs(Number(text)) <= most;

/** As the box takes them. Spaces around a value are nobody's intention. */
export function parametersOf(template: Template, values: Values, files: Files): Parameters {
  const own = partParameters(template.blanks.filter(({ card }) => card === null), values, files);
  if (template.cards.length === 0) return own;
  return { ...own, cards: template.cards.map((_, at) => partParameters(template.blanks.filter(({ card }) => card === at), values, files)) };
}

type Places = Record<string, Record<string, unknown>>;
type Parameters = Record<string, Record<string, unknown> | Places[]>;

function partParameters(blanks: readonly TemplateBlank[], values: Values, files: Files): Places {
  const parameters: Places = {};
  for (const blank of blanks) {
    const place = (parameters[blank.place] ??= {});
    const file = files[keyOf(blank)];
    if (isFile(blank)) place['media'] = { media_id: file?.id, ...(blank.kind === 'document' && file ? { filename: file.name } : {}) };
    else if (blank.kind === 'location') place['location'] = placeOf(values);
    else place[blank.key] = (values[keyOf(blank)] ?? '').trim();
  }
  return parameters;
}

const placeOf = (values: Values) => ({
  latitude: Number(values['header.latitude']), longitude: Number(values['header.longitude']), name: (values['header.name'] ?? '').trim(), address: (values['header.address'] ?? '').trim(),
});

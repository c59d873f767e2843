/** Texts in the reader's language. A key that does not exist, or a forgotten value, fails the type check. */
import { en } from '@/texts/en';
import type { late } from '@/texts/late';

/** Everything there is to say, now or later. */
type Texts = typeof en & typeof late;

type Plural = { readonly one: string; readonly other: string };
type Leaves<T, Leaf, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends Leaf
    ? `${Path}${K}`
    : T[K] extends string | Plural
      ? never
      : Leaves<T[K], Leaf, `${Path}${K}.`>;
}[keyof T & string];
type At<T, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T ? At<T[Head], Rest> : never
  : Path extends keyof T ? T[Path] : never;
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

export type TextKey = Leaves<Texts, string>;
export type PluralKey = Leaves<Texts, Plural>;
type Values<S> = Record<Names<S>, string | number>;
type Given<S> = [Names<S>] extends [never] ? [] : [values: Values<S>];

/** The same tree as English, in another language; Hindi will be one of these. */
export type Catalogue = Translated<Texts>;
type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] extends Plural ? Plural : Translated<T[K]> };

let catalogue: Partial<Catalogue> = en;
let rules = new Intl.PluralRules('en-IN');
export let locale = 'en-IN';

/** Adds the parts that a page brought with it. */
export function addTexts(more: Partial<Catalogue>): void {
  catalogue = { ...catalogue, ...more };
}

export function setCatalogue(next: Catalogue, nextLocale: string): void {
  catalogue = next;
  locale = nextLocale;
  rules = new Intl.PluralRules(nextLocale);
}

export function t<K extends TextKey>(key: K, ...[values]: Given<At<Texts, K>>): string {
  const found = find(key);
  return typeof found === 'string' ? fill(found, values) : key;
}

/** Picks the form for a count; the text says {count} where the number belongs. */
export function plural(key: PluralKey, count: number): string {
  const form = find(`${key}.${rules.select(count) === 'one' ? 'one' : 'other'}`);
  return typeof form === 'string' ? fill(form, { count: count.toLocaleString(locale) }) : key;
}

function find(key: string): unknown {
  return key.split('.').reduce<unknown>(
    (node, part) => (typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined),
    catalogue,
  );
}

function fill(text: string, values?: Record<string, string | number>): string {
  return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
}

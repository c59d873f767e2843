/** A flow's words for the customer and what they are in its other languages. The box reads them in the same way. */
import type { Doc, Kinds } from './document';
import { items } from './outputs';
import type { Data, FieldSchema, GraphNode, Kind, Languages, NodeTexts, Texts, Translation } from './types';

/** One text: `path` names an item by its id, so that it stays when items change places. */
export interface Spoken {
  path: string;
  text: string;
  title: string;
  most: number;
  lines: number;
}

export type State = 'done' | 'missing' | 'stale' | 'unseen';

export interface Line extends Spoken {
  node: string;
  said: string;
  state: State;
}

const PLACE = /\{\{[^{}]*\}\}/gu;
const LETTER = /\p{L}/u;

/** Nothing is translated in a value to be filled in, a number or a sign. */
export const hasWords = (text: unknown): text is string => typeof text === 'string' && LETTER.test(text.replace(PLACE, ' '));

/** Are the same values filled in? */
export const samePlaces = (one: string, other: string): boolean => places(one) === places(other);
const places = (text: string): string => (text.match(PLACE) ?? []).map((place) => place.replace(/\s/gu, '')).sort().join();

const isNames = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a node the customer reads; `say` may put something else in its place. */
export function walkWords(kind: Kind | undefined, data: Data, say: (spoken: Spoken) => string): Data {
  const changed: Record<string, unknown> = { ...data };
  for (const [name, field] of Object.entries(kind?.fields.properties ?? {})) {
    const value = data[name];
    const own = field.items?.properties;
    if (own && Array.isArray(value)) {
      const inner = Object.entries(own).filter(([, one]) => one['x-spoken']);
      if (inner.length > 0) changed[name] = value.map((one: unknown) => (items([one]).length === 1 ? item(one as Data & { id: string }, name, inner, say) : one));
    } else if (field['x-spoken'] && field['x-widget'] === 'names') {
      if (isNames(value)) changed[name] = Object.fromEntries(Object.entries(value).map(([key, text]) => [key, hasWords(text) ? say(spoken(`${name}.${key}`, text, field, key)) : text]));
    } else if (field['x-spoken']) {
      const written = value === undefined || value === null || value === '' ? (field.default ?? field['x-unsaid']) : value;
      if (!hasWords(written)) continue;
      const said = say(spoken(name, written, field));
      if (said !== written) changed[name] = said;
    }
  }
  return changed;
}

function item(one: Data & { id: string }, name: string, fields: [string, FieldSchema][], say: (spoken: Spoken) => string): Data {
  const said = fields.flatMap(([inner, field]) => (hasWords(one[inner]) ? [[inner, say(spoken(`${name}.${one.id}.${inner}`, one[inner], field))]] : []));
  return { ...one, ...Object.fromEntries(said) as Data };
}

const spoken = (path: string, text: string, field: FieldSchema, title = field.title ?? ''): Spoken =>
  ({ path, text, title, most: field['x-most'] ?? field.maxLength ?? 4096, lines: field['x-lines'] ?? 1 });

export function wordsOf(kind: Kind | undefined, data: Data): Spoken[] {
  const found: Spoken[] = [];
  walkWords(kind, data, (one) => {
    found.push(one);
    return one.text;
  });
  return found;
}

/** Which of the flow's languages somebody reads, the best first: hi-IN, then hi. */
export function wantedBy({ main, others }: Languages, language: string): string[] {
  const found: string[] = [];
  for (let left = language; left !== '' && left !== main; left = left.slice(0, Math.max(0, left.lastIndexOf('-')))) if (others.includes(left)) found.push(left);
  return found;
}

/** The node as customers of a language see it. `texts` are those of its languages, the best first. */
export function shownIn(node: GraphNode, kind: Kind | undefined, texts: readonly (NodeTexts | undefined)[]): GraphNode {
  if (texts.every((one) => one === undefined)) return node;
  const said = (path: string): string => texts.map((one) => one?.[path]?.text ?? '').find((text) => text.trim() !== '') ?? '';
  return { ...node, data: walkWords(kind, node.data, (one) => said(one.path) || one.text) };
}

/** Every text in the order of the nodes. */
export function linesOf(doc: Doc, kinds: Kinds, language: string, order: readonly string[]): Line[] {
  const codes = wantedBy(doc.languages, language);
  return order.flatMap((id) => {
    const node = doc.nodes[id];
    if (!node || node.disabled) return [];
    return wordsOf(kinds.get(node.type), node.data).map((one): Line => {
      const there = codes.map((code) => doc.texts[code]?.[id]?.[one.path]).find((found) => found !== undefined && found.text.trim() !== '');
      return { ...one, node: id, said: doc.texts[language]?.[id]?.[one.path]?.text ?? '', state: stateOf(there, one.text) };
    });
  });
}

export function stateOf(there: Translation | undefined, text: string): State {
  if (!there) return 'missing';
  if (there.of !== markOf(text)) return 'stale';
  return there.unseen ? 'unseen' : 'done';
}

/** From the start along the wires, then what nothing leads to. */
export function inOrder(doc: Doc): string[] {
  const seen = new Set<string>();
  const left = Object.values(doc.nodes).filter((node) => node.type === 'start').map((node) => node.id);
  const after = new Map<string, string[]>();
  for (const edge of doc.edges) after.set(edge.from, [...(after.get(edge.from) ?? []), edge.to]);
  for (let id = left.shift(); id !== undefined; id = left.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    left.push(...(after.get(id) ?? []));
  }
  return [...seen, ...Object.keys(doc.nodes).filter((id) => !seen.has(id))];
}

const TABLE = Array.from({ length: 256 }, (_, at) => Array.from({ length: 8 }).reduce<number>((now) => (now & 1 ? 0xedb88320 ^ (now >>> 1) : now >>> 1), at));
const MARKS = new Map<string, string>();

/** CRC-32 of the words: what was translated is told apart from what they were changed to. */
export function markOf(text: string): string {
  const known = MARKS.get(text);
  if (known !== undefined) return known;
  let sum = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) sum = (TABLE[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8);
  const mark = ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
  if (MARKS.size > 5000) MARKS.clear();
  MARKS.set(text, mark);
  return mark;
}

const without = <T>(all: Readonly<Record<string, T>>, gone: string): Record<string, T> => Object.fromEntries(Object.entries(all).filter(([name]) => name !== gone));

/** A person wrote it, so it is looked at. Nothing written takes the translation away. */
export function setText(doc: Doc, language: string, node: string, { path, text }: Pick<Spoken, 'path' | 'text'>, said: string): Doc {
  const before = doc.texts[language]?.[node] ?? {};
  const paths = said.trim() === '' ? without(before, path) : { ...before, [path]: { text: said, of: markOf(text) } };
  return { ...doc, texts: { ...doc.texts, [language]: { ...doc.texts[language], [node]: paths } } };
}

/** The same words elsewhere that are not translated yet say the same. */
export function setAlike(doc: Doc, language: string, line: Line, said: string, all: readonly Line[]): Doc {
  if (said.trim() === '') return doc;
  return all.filter((one) => one.text === line.text && one.state === 'missing' && said.length <= one.most)
    .reduce((now, one) => setText(now, language, one.node, one, said), doc);
}

export const addLanguage = (doc: Doc, code: string): Doc =>
  (code === doc.languages.main || doc.languages.others.includes(code) ? doc : { ...doc, languages: { ...doc.languages, others: [...doc.languages.others, code] } });

export const removeLanguage = (doc: Doc, code: string): Doc =>
  ({ ...doc, languages: { ...doc.languages, others: doc.languages.others.filter((one) => one !== code) }, texts: without(doc.texts, code) });

/** What the nodes are written in. It cannot be one of the others at the same time. */
export const setMain = (doc: Doc, code: string): Doc => ({ ...removeLanguage(doc, code), languages: { main: code, others: doc.languages.others.filter((one) => one !== code) } });

/** Texts of a part of the flow, with what its nodes and items are called elsewhere. */
export function textsOf(texts: Texts, languages: readonly string[], nodeName: (id: string) => string | undefined, itemName: (node: string, item: string) => string = (_, one) => one): Texts {
  return Object.fromEntries(languages.map((code) => [code, Object.fromEntries(Object.entries(texts[code] ?? {}).flatMap(([node, paths]) => {
    const name = nodeName(node);
    return name === undefined ? [] : [[name, Object.fromEntries(Object.entries(paths).map(([path, one]) => [renamed(path, (found) => itemName(node, found)), one]))]];
  }))]));
}

function renamed(path: string, itemName: (item: string) => string): string {
  const [from, to] = [path.indexOf('.'), path.lastIndexOf('.')];
  return from === to ? path : `${path.slice(0, from)}.${itemName(path.slice(from + 1, to))}.${path.slice(to + 1)}`;
}

/** Reads what a file says; what has another form is left out. */
export function readTexts(given: unknown): Texts {
  const translation = (one: unknown): Translation | null => (isNames(one) && typeof one['text'] === 'string'
    ? { text: one['text'], of: typeof one['of'] === 'string' ? one['of'] : '', ...(one['unseen'] === true ? { unseen: true } : {}) } : null);
  const named = <T>(value: unknown, read: (one: unknown) => T | null): Record<string, T> => Object.fromEntries(
    Object.entries(isNames(value) ? value : {}).flatMap(([name, one]) => {
      const found = read(one);
      return found === null ? [] : [[name, found]];
    }),
  );
  return named(given, (nodes) => named(nodes, (paths) => named(paths, translation)));
}

export function readLanguages(given: unknown): Languages | undefined {
  if (!isNames(given)) return undefined;
  const others = Array.isArray(given['others']) ? given['others'].filter((one): one is string => typeof one === 'string') : [];
  return { main: typeof given['main'] === 'string' ? given['main'] : 'en', others };
}

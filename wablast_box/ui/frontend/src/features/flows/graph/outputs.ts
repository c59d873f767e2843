/** The ways out of a node: its items first, then what every node of its type has. */
import { t, type TextKey } from '@/lib/i18n';
import type { GraphNode, Kind } from './types';

export type Tone = 'item' | 'main' | 'quiet' | 'error';

export interface Output {
  id: string;
  label: string;
  tone: Tone;
}

export type Item = Readonly<Record<string, unknown>> & { id: string };

const KNOWN: Record<string, TextKey> = {
  next: 'flows.output.next', error: 'flows.output.error', timeout: 'flows.output.timeout', unmatched: 'flows.output.unmatched',
  otherwise: 'flows.output.otherwise', else: 'flows.output.otherwise', yes: 'flows.output.yes', no: 'flows.output.no',
  done: 'flows.output.done', each: 'flows.output.each', reply: 'flows.output.reply', time: 'flows.output.time', invalid: 'flows.output.invalid',
  unsure: 'flows.output.unsure', hand_off: 'flows.output.handOff', limit: 'flows.output.limit', missing: 'flows.output.missing', open: 'flows.output.open', closed: 'flows.output.closed',
};
const QUIET = new Set(['timeout', 'unmatched', 'otherwise', 'else', 'invalid', 'no_reply', 'unsure', 'closed', 'limit', 'missing']);

export const items = (value: unknown): Item[] =>
  Array.isArray(value) ? value.filter((one): one is Item => typeof one === 'object' && one !== null && typeof Reflect.get(one, 'id') === 'string') : [];

export const words = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** "no_reply" read by a person. */
export const spoken = (name: string): string => name.replaceAll('_', ' ');

export const labelOf = (output: string): string => (KNOWN[output] ? t(KNOWN[output] as 'flows.output.next') : spoken(output));

const toneOf = (output: string): Tone => (output === 'error' ? 'error' : QUIET.has(output) ? 'quiet' : 'main');

export function outputsOf(node: GraphNode, kind: Kind | undefined): Output[] {
  if (!kind) return [];
  const from = kind.outputs_from;
  const own = from ? items(node.data[from.field]).map((one, at): Output => ({ id: one.id, label: wordsOf(one, from.label) || t('flows.card.item', { n: at + 1 }), tone: 'item' })) : [];
  return [...own, ...kind.outputs.map((id): Output => ({ id, label: labelOf(id), tone: toneOf(id) }))];
}

/** What an item says: its label, or else its first words. */
export function wordsOf(item: Item, label: string): string {
  const said = words(item[label]);
  if (said) return said;
  const first = Object.entries(item).find(([name, value]) => name !== 'id' && typeof value === 'string' && value !== '');
  return first ? words(first[1]) : '';
}

export const wireId = (from: string, output: string): string => `${from}:${output}`;

/** A rehearsal as a chat: what the customer said, what came of it, and the path it took through the flow. */
import type { Lit } from '../graph/store';
import type { Doc } from '../graph/document';
import { wireId } from '../graph/outputs';
import type { Body, Rehearsal, Said, Step } from '../types';

export type Line =
  | { key: string; kind: 'said'; text: string }
  | { key: string; kind: 'skip'; seconds: number }
  | { key: string; kind: 'begins'; trigger: string }
  | { key: string; kind: 'reply'; message: Body; node: string; last: boolean };

export function lines(said: readonly Said[], rehearsal: Rehearsal | undefined): Line[] {
  return said.flatMap((one, at): Line[] => {
    const mine: Line = 'skip_s' in one ? { key: `s${String(at)}`, kind: 'skip', seconds: one.skip_s } : 'begins' in one ? { key: `s${String(at)}`, kind: 'begins', trigger: one.begins } : { key: `s${String(at)}`, kind: 'said', text: spokenOf(one) };
    const replies = (rehearsal?.replies ?? []).filter((reply) => reply.after === at);
    // Only what came last can still be tapped.
    const last = at === said.length - 1;
    return [mine, ...replies.map((reply, row): Line => ({ key: `r${String(at)}.${String(row)}`, kind: 'reply', message: reply.message, node: reply.node_id, last }))];
  });
}

const spokenOf = (one: Said): string => ('text' in one ? one.text : 'media' in one ? `📎 ${one.media}` : 'location' in one ? '📍' : '');

/** The nodes in the order they were passed, and the wires between them. */
export function litBy(doc: Doc, rehearsal: Pick<Rehearsal, 'state' | 'node_id'> & { steps: readonly Step[] }): Lit {
  const nodes: Record<string, number> = {};
  const wires = new Set<string>();
  let turn = 0;
  rehearsal.steps.forEach((step) => {
    if (!nodes[step.node_id]) nodes[step.node_id] = (turn += 1);
    const output = outputOf(step.outcome);
    if (output !== null && doc.edges.some((edge) => edge.from === step.node_id && edge.output === output)) wires.add(wireId(step.node_id, output));
  });
  const last = rehearsal.steps.at(-1)?.node_id ?? null;
  return { nodes, wires, at: rehearsal.state === 'waiting' ? (rehearsal.node_id ?? last) : null };
}

const RESTING = new Set(['wait', 'end', 'call']);

/** The way a step left by; null when it rests or ends there. */
export const outputOf = (outcome: string | null): string | null => (outcome === null || RESTING.has(outcome) ? null : outcome);

export interface Tap {
  id: string;
  title: string;
  description?: string;
}

interface Section {
  title?: string;
  rows: Tap[];
}

const part = (from: unknown, ...path: string[]): unknown => path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), from);
const text = (from: unknown, ...path: string[]): string => {
  const found = part(from, ...path);
  return typeof found === 'string' ? found : '';
};
const list = (from: unknown, ...path: string[]): unknown[] => {
  const found = part(from, ...path);
  return Array.isArray(found) ? found : [];
};

export interface Shown {
  header: string;
  body: string;
  footer: string;
  media: { kind: string; named: string } | null;
  buttons: Tap[];
  link: { label: string; url: string } | null;
  /** The words on a button that calls. */
  call: string | null;
  list: { label: string; sections: Section[] } | null;
  asksPlace: boolean;
}

const MEDIA = ['image', 'video', 'audio', 'document', 'sticker'];

/** What a message shows on the customer's phone. */
export function shownOf(message: Body): Shown {
  const { type } = message;
  const shown: Shown = { header: '', body: '', footer: '', media: null, buttons: [], link: null, call: null, list: null, asksPlace: false };
  if (type === 'text') return { ...shown, body: text(message, 'text', 'body') };
  if (MEDIA.includes(type)) {
    const named = text(message, type, 'filename') || text(message, type, 'link') || text(message, type, 'media_id') || text(message, type, 'id');
    return { ...shown, body: text(message, type, 'caption'), media: { kind: type, named } };
  }
  if (type === 'location') return { ...shown, body: [text(message, 'location', 'name'), text(message, 'location', 'address')].filter(Boolean).join('\n'), media: { kind: 'location', named: '' } };
  if (type === 'contacts') return { ...shown, body: list(message, 'contacts').map((one) => text(one, 'name', 'formatted_name')).join('\n'), media: { kind: 'contact', named: '' } };
  if (type === 'template') return { ...shown, header: text(message, 'template', 'name'), body: list(message, 'template', 'components').flatMap((one) => list(one, 'parameters').map((given) => text(given, 'text'))).filter(Boolean).join(' · ') };
  if (type !== 'interactive') return { ...shown, body: type };
  return {
    ...shown,
    header: text(message, 'interactive', 'header', 'text'), body: text(message, 'interactive', 'body', 'text'), footer: text(message, 'interactive', 'footer', 'text'),
    buttons: list(message, 'interactive', 'action', 'buttons').map((one) => ({ id: text(one, 'reply', 'id'), title: text(one, 'reply', 'title') })),
    link: text(message, 'interactive', 'type') === 'cta_url' ? { label: text(message, 'interactive', 'action', 'parameters', 'display_text'), url: text(message, 'interactive', 'action', 'parameters', 'url') } : null,
    call: text(message, 'interactive', 'type') === 'voice_call' ? text(message, 'interactive', 'action', 'parameters', 'display_text') : null,
    list: text(message, 'interactive', 'type') === 'list' ? {
      label: text(message, 'interactive', 'action', 'button'),
      sections: list(message, 'interactive', 'action', 'sections').map((one) => ({
        title: text(one, 'title'), rows: list(one, 'rows').map((row) => ({ id: text(row, 'id'), title: text(row, 'title'), description: text(row, 'description') })),
      })),
    } : null,
    asksPlace: text(message, 'interactive', 'type').startsWith('location_request'),
  };
}

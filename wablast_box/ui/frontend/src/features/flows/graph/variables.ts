/** What a node may ask for in {{…}}: what was saved before it, who writes, the business, the time. */
import type { Doc, Kinds } from './document';

export interface Offered {
  name: string;
  /** The node that saves it; null for what is always there. */
  from: string | null;
  /** On every path to here. Otherwise it may be empty. */
  certain: boolean;
}

const ALWAYS = ['contact.name', 'contact.first_name', 'contact.phone', 'contact.language', 'business.name', 'business.phone', 'message.text', 'now'];

/** Nodes that can be passed on the way to this one. */
export function before(doc: Doc, id: string): Set<string> {
  const seen = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const edge of doc.edges) {
      if (edge.to === at && !seen.has(edge.from)) {
        seen.add(edge.from);
        open.push(edge.from);
      }
    }
  }
  return seen;
}

/** Can one come from the start to `id` without leaving `around` by a way on which it has saved? */
function reachesWithout(doc: Doc, id: string, around: string): boolean {
  const start = Object.values(doc.nodes).find((node) => node.type === 'start')?.id;
  if (start === undefined || start === around) return false;
  const seen = new Set([start]);
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === id) return true;
    for (const edge of doc.edges) {
      if (edge.from !== at || seen.has(edge.to) || (at === around && edge.output !== 'error')) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}

export function offered(doc: Doc, kinds: Kinds, id: string, fields: readonly string[] = []): Offered[] {
  const saved = new Map<string, Offered>();
  for (const other of before(doc, id)) {
    const node = doc.nodes[other];
    if (!node) continue;
    for (const [name, field] of Object.entries(kinds.get(node.type)?.fields.properties ?? {})) {
      const value = node.data[name] ?? field.default;
      if (field['x-widget'] !== 'variable' || typeof value !== 'string' || value === '') continue;
      const certain = other !== id && !reachesWithout(doc, id, other);
      if (!saved.get(value)?.certain) saved.set(value, { name: value, from: other, certain });
    }
  }
  const always = [...ALWAYS, ...fields.map((name) => `contact.${name}`)].map((name): Offered => ({ name, from: null, certain: true }));
  return [...saved.values(), ...always];
}

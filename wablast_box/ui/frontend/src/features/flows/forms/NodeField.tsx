import { useMemo } from 'react';
import { useEditor } from '../graph/context';
import { words } from '../graph/outputs';
import type { GraphNode, Kind } from '../graph/types';
import { Choose } from './ReferenceField';
import type { FormField } from './SchemaForm';

const LONGEST = 40;

/** Another step of this flow, by the name it has on the canvas. */
export function NodeField(field: FormField) {
  const nodes = useEditor((state) => state.doc.nodes);
  const kinds = useEditor((state) => state.kinds);
  const choices = useMemo(() => Object.values(nodes).filter((one) => one.type !== 'start').map((one) => ({ value: one.id, label: labelOf(one, kinds.get(one.type)) })), [kinds, nodes]);
  return <Choose {...field} choices={choices} />;
}

/** Steps without a name are told apart by their words. */
function labelOf(node: GraphNode, kind: Kind | undefined): string {
  const title = kind?.title ?? node.type;
  if (node.name) return node.name;
  const said = words(node.data[kind?.preview['body'] ?? kind?.preview['question'] ?? 'text']).replaceAll(/\s+/g, ' ').trim();
  return said ? `${title}: ${said.slice(0, LONGEST)}${said.length > LONGEST ? '…' : ''}` : title;
}

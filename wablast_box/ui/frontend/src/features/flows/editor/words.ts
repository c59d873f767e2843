import { outputsOf } from '../graph/outputs';
import type { EditorState } from '../graph/store';
import type { Trouble } from '../graph/types';

/** The box knows a way out by its id, a person by its words. */
export function inWords(one: Trouble, { doc, kinds }: Pick<EditorState, 'doc' | 'kinds'>): string {
  const node = one.node_id === null ? undefined : doc.nodes[one.node_id];
  const ways = node ? outputsOf(node, kinds.get(node.type)) : [];
  return ways.reduce((words, way) => words.replace(`“${way.id}”`, `“${way.label}”`), one.message);
}

import { ask } from '../box';
import { close } from '../graph/document';
import type { EditorStore } from '../graph/store';
import type { Trouble } from '../graph/types';

export const byNode = (problems: readonly Trouble[]): Record<string, Trouble[]> => {
  const found: Record<string, Trouble[]> = {};
  for (const one of problems) (found[one.node_id ?? ''] ??= []).push(one);
  return found;
};

/** What is wrong with a flow as it came from the box. What is drawn meanwhile is looked at when it is saved. */
export async function look(store: EditorStore, id: string): Promise<void> {
  const { doc } = store.getState();
  const { problems } = await ask<{ problems: Trouble[] }>('POST', '/api/v1/flows/{id}/validate', { params: { path: { id } }, body: { graph: close(doc) } });
  if (store.getState().doc === doc) store.setState({ troubles: byNode(problems) });
}

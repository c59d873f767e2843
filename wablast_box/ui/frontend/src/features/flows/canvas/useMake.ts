import { useCallback } from 'react';
import { useEditorStore } from '../graph/context';
import { addNode, connect, newId } from '../graph/document';
import { outputsOf } from '../graph/outputs';
import type { Adding } from '../graph/store';

type Place = Pick<Adding, 'at' | 'from' | 'to'>;

/** Puts a new step on the canvas, wired to where it was asked for, and selects it. */
export function useMake() {
  const store = useEditorStore();
  return useCallback((type: string, { at, from, to }: Place) => {
    const { kinds, change } = store.getState();
    const kind = kinds.get(type);
    if (!kind) return;
    const id = newId('n');
    const spot = { x: Math.round(at.x / 10) * 10, y: Math.round(at.y / 10) * 10 };
    change((doc) => {
      let next = addNode(doc, kind, spot, id);
      if (from) next = connect(next, { from: from.node, output: from.output, to: id });
      const node = next.nodes[id];
      const onward = to && node ? outputsOf(node, kind)[0] : undefined;
      return to && onward ? connect(next, { from: id, output: onward.id, to }) : next;
    }, { choose: new Set([id]) });
    store.setState({ adding: null });
  }, [store]);
}

import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { cut, pack, paste, unpack } from '../graph/clipboard';
import { useEditorStore } from '../graph/context';
import { changeNode, group, move, newId, remove } from '../graph/document';
import { outputsOf, wireId } from '../graph/outputs';
import { chosenOf, type EditorStore, theOne } from '../graph/store';
import { tidy } from '../graph/tidy';
import { walk, type Way } from '../graph/walk';

export type Acts = ReturnType<typeof acts>;

/** Everything that can be done to what is selected; menus, keys and buttons call the same. */
export function useActs(): Acts {
  const store = useEditorStore();
  const flow = useReactFlow();
  return useMemo(() => acts(store, flow), [store, flow]);
}

function acts(store: EditorStore, flow: ReturnType<typeof useReactFlow>) {
  const chosen = () => new Set(chosenOf(store.getState()));
  const { change, choose } = store.getState();
  const middle = () => flow.screenToFlowPosition({ x: window.innerWidth / 2 - 100, y: window.innerHeight / 2 - 60 });
  const pasteText = (text: string): boolean => {
    const graph = unpack(text);
    if (!graph) return false;
    const pasted = paste(store.getState().doc, graph, { at: middle() });
    change(() => pasted.doc, { choose: pasted.ids });
    return true;
  };
  const goTo = (id: string) => {
    choose([id]);
    const spot = store.getState().doc.layout[id];
    if (spot) void flow.setCenter(spot.x + 131, spot.y + 80, { zoom: Math.max(flow.getZoom(), 0.7), duration: 200 });
  };
  return {
    goTo,
    pasteText,
    copied: (): string | null => {
      const part = cut(store.getState().doc, chosen());
      return (part.nodes?.length ?? 0) + (part.notes?.length ?? 0) > 0 ? pack(part) : null;
    },
    delete: () => {
      const { wires } = store.getState();
      change((doc) => remove(doc, chosen(), new Set(wires.filter((wire) => wire.selected).map((wire) => wire.id))));
    },
    duplicate: () => {
      const part = cut(store.getState().doc, chosen());
      const pasted = paste(store.getState().doc, part, { x: 40, y: 40 });
      if (pasted.ids.size > 0) change(() => pasted.doc, { choose: pasted.ids });
    },
    group: () => { change((doc) => group(doc, [...chosen()], '')); },
    note: () => {
      const [at, id] = [middle(), newId('s')];
      change((doc) => ({ ...doc, notes: { ...doc.notes, [id]: { id, ...at, width: 200, height: 120, text: '', color: 'yellow' } } }), { choose: new Set([id]) });
    },
    disable: () => {
      change((doc) => [...chosen()].reduce((all, id) => {
        const node = all.nodes[id];
        return node && node.type !== 'start' ? changeNode(all, id, { disabled: !node.disabled }) : all;
      }, doc));
    },
    all: () => { choose(Object.keys(store.getState().doc.nodes)); },
    rename: () => {
      const { doc, readOnly } = store.getState();
      const one = theOne(store.getState());
      if (one && doc.nodes[one]?.type !== 'start' && !readOnly) store.setState({ renaming: one });
    },
    step: (way: Way, wires: boolean) => {
      const next = walk(store.getState().doc, theOne(store.getState()), way, wires);
      if (next) goTo(next);
    },
    fit: () => {
      const ids = [...chosen()];
      void flow.fitView({ duration: 220, padding: 0.14, maxZoom: 1, nodes: ids.length > 1 ? ids.map((id) => ({ id })) : undefined });
    },
    whole: () => { void flow.zoomTo(1, { duration: 200 }); },
    tidy: () => {
      const { doc, kinds, canvas } = store.getState();
      const ids = chosenOf(store.getState()).filter((id) => doc.nodes[id]);
      const places = new Map(Object.values(doc.nodes).flatMap((node) => outputsOf(node, kinds.get(node.type)).map((way, at) => [wireId(node.id, way.id), at] as const)));
      const sizes = new Map(canvas.flatMap(({ id, measured }) => (measured?.width && measured.height ? [[id, { width: measured.width, height: measured.height }] as const] : [])));
      const to = tidy(doc, sizes, ids.length > 1 ? ids : Object.keys(doc.nodes), (node, output) => places.get(wireId(node, output)) ?? 99);
      change((now) => move(now, to));
      window.setTimeout(() => { void flow.fitView({ duration: 260, padding: 0.14, maxZoom: 1 }); }, 60);
    },
    /** Opens the search for a next step: behind the chosen one, or where the pointer is. */
    add: (pointer: { x: number; y: number }) => {
      const { doc, kinds, readOnly } = store.getState();
      if (readOnly) return;
      const one = theOne(store.getState());
      const [node, spot] = one === null ? [] : [doc.nodes[one], doc.layout[one]];
      const free = node && outputsOf(node, kinds.get(node.type)).find((way) => !doc.edges.some((edge) => edge.from === node.id && edge.output === way.id));
      if (node && spot && free) {
        const screen = flow.flowToScreenPosition({ x: spot.x + 290, y: spot.y });
        store.setState({ adding: { screen, at: { x: spot.x + 350, y: spot.y }, from: { node: node.id, output: free.id } } });
      } else store.setState({ adding: { screen: pointer, at: flow.screenToFlowPosition(pointer) } });
    },
  };
}

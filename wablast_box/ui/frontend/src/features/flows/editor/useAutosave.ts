import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/errors';
import { ask } from '../box';
import { useEditorStore } from '../graph/context';
import { close, type Doc } from '../graph/document';
import type { Graph, Trouble } from '../graph/types';
import { flowQuery } from '../queries';
import type { Draft, Flow } from '../types';

export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

const CALM_MS = 700;
const AGAIN_MS = 5000;

interface Autosave {
  state: Saving;
  error: unknown;
  /** Writes what is not written yet; before publishing. */
  flush: () => Promise<void>;
  /** Somebody else saved: ours goes over theirs. */
  keepMine: () => void;
  takeTheirs: () => Promise<void>;
}

export const byNode = (problems: readonly Trouble[]): Record<string, Trouble[]> => {
  const found: Record<string, Trouble[]> = {};
  for (const one of problems) (found[one.node_id ?? ''] ??= []).push(one);
  return found;
};

/** The draft is written a moment after the last change. What the box finds wrong comes back with it. */
export function useAutosave(flow: Flow): Autosave {
  const store = useEditorStore();
  const [state, setState] = useState<Saving>('saved');
  const client = useQueryClient();
  const [saved] = useState(() => ({ doc: store.getState().doc, revision: flow.revision as number | undefined, busy: null as Promise<void> | null, stuck: false }));
  const timer = useRef(0);
  const { mutateAsync, error } = useMutation({
    mutationFn: (body: { graph: Graph; revision?: number }) => ask<Draft>('PUT', '/api/v1/flows/{id}/draft', { params: { path: { id: flow.id } }, body }),
  });
  const [save] = useState(() => async function save(): Promise<void> {
    window.clearTimeout(timer.current);
    // Two may have waited for the same: the second looks again, or it would write over what the first writes.
    while (saved.busy) await saved.busy;
    const doc: Doc = store.getState().doc;
    if (doc === saved.doc || saved.stuck) return;
    setState('saving');
    saved.busy = mutateAsync({ graph: close(doc), revision: saved.revision }).then((draft) => {
      Object.assign(saved, { doc, revision: draft.revision });
      store.setState({ troubles: byNode(draft.problems) });
      client.setQueryData(flowQuery(flow.id).queryKey, (was) => was && { ...was, has_changes: draft.has_changes });
      setState(store.getState().doc === doc ? 'saved' : 'unsaved');
    }, (refused: unknown) => {
      saved.stuck = refused instanceof ApiError && refused.code === 'draft_changed';
      setState(saved.stuck ? 'conflict' : 'failed');
      if (!saved.stuck) timer.current = window.setTimeout(() => { void save(); }, AGAIN_MS);
    }).finally(() => { saved.busy = null; });
    await saved.busy;
  });
  useEffect(() => store.subscribe((now, was) => {
    if (now.doc === was.doc || now.doc === saved.doc || saved.stuck) return;
    setState('unsaved');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => { void save(); }, CALM_MS);
  }), [save, saved, store]);
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => { if (store.getState().doc !== saved.doc) event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('beforeunload', leave);
      void save();
    };
  }, [save, saved, store]);
  return {
    state, error,
    flush: save,
    keepMine: () => { Object.assign(saved, { revision: undefined, stuck: false }); void save(); },
    takeTheirs: async () => {
      const theirs = await ask<Flow>('GET', '/api/v1/flows/{id}', { params: { path: { id: flow.id } } });
      Object.assign(saved, { revision: theirs.revision, stuck: false });
      store.getState().load(theirs.graph);
      saved.doc = store.getState().doc;
      setState('saved');
    },
  };
}

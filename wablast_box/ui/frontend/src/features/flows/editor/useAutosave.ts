import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/errors';
import { showAnswer } from '@/asking';
import { ask } from '../box';
import { useEditorStore } from '../graph/context';
import { close, type Doc } from '../graph/document';
import type { Graph } from '../graph/types';
import { flowQuery } from '../queries';
import type { Draft, Flow } from '../types';
import { byNode, look } from './look';

export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

const CALM_MS = 700;
const AGAIN_MS = 5000;

interface Autosave {
  state: Saving;
  error: unknown;
  /** Writes what is not written yet and says as what; rejects when the box did not take it. */
  flush: () => Promise<number | undefined>;
  /** The box said elsewhere that somebody else saved. */
  overtaken: () => void;
  /** Somebody else saved: ours goes over theirs. */
  keepMine: () => void;
  takeTheirs: () => Promise<void>;
}

/** Worth writing again although nobody looks any more: it never arrived, the box was busy, or one has to sign in first. */
const isPassing = (refused: unknown): boolean => !(refused instanceof ApiError) || refused.isOffline || refused.status >= 500 || [401, 429].includes(refused.status);

/** The draft is written a moment after the last change. What the box finds wrong comes back with it. */
export function useAutosave(flow: Flow): Autosave {
  const store = useEditorStore();
  const [state, setState] = useState<Saving>('saved');
  const client = useQueryClient();
  const [saved] = useState(() => ({ doc: store.getState().doc, revision: flow.revision as number | undefined, busy: null as Promise<void> | null, stuck: false, left: false, refused: new Error() }));
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
      showAnswer(client, flowQuery(flow.id).queryKey, (was) => was && { ...was, has_changes: draft.has_changes });
      setState(store.getState().doc === doc ? 'saved' : 'unsaved');
    }, (refused: Error) => {
      saved.refused = refused;
      saved.stuck = refused instanceof ApiError && refused.code === 'draft_changed';
      setState(saved.stuck ? 'conflict' : 'failed');
      if (!saved.stuck && (!saved.left || isPassing(refused))) timer.current = window.setTimeout(() => { void save(); }, AGAIN_MS);
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
    saved.left = false;
    const leave = (event: BeforeUnloadEvent) => { if (store.getState().doc !== saved.doc) event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('beforeunload', leave);
      saved.left = true;
      void save();
    };
  }, [save, saved, store]);
  const overtaken = () => {
    saved.stuck = true;
    setState('conflict');
  };
  return {
    state, error, overtaken,
    flush: async () => {
      await save();
      if (store.getState().doc !== saved.doc) throw saved.refused;
      return saved.revision;
    },
    keepMine: () => { Object.assign(saved, { revision: undefined, stuck: false }); void save(); },
    takeTheirs: async () => {
      while (saved.busy) await saved.busy;
      const theirs = await ask<Flow>('GET', '/api/v1/flows/{id}', { params: { path: { id: flow.id } } });
      Object.assign(saved, { revision: theirs.revision, stuck: false });
      store.getState().load(theirs.graph);
      saved.doc = store.getState().doc;
      setState('saved');
      showAnswer(client, flowQuery(flow.id).queryKey, theirs);
      await look(store, flow.id).catch(() => undefined);
    },
  };
}

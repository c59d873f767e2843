import { useEffect } from 'react';
import { recallHere, rememberHere } from '@/lib/storage';
import { useEditorStore } from '../graph/context';
import { close, type Doc } from '../graph/document';
import { packHistory, unpackHistory } from '../graph/history';

const CALM_MS = 1200;
const nameOf = (flowId: string): string => `draft.flow-history.${flowId}`;
const text = (doc: Doc): string => JSON.stringify(close(doc));

/** Steps back outlive a reload, as long as the draft is still what it was then. */
export function useKeptHistory(flowId: string): void {
  const store = useEditorStore();
  useEffect(() => {
    const kept = unpackHistory(recallHere(nameOf(flowId)));
    const { doc, past } = store.getState();
    if (kept && past.length === 0 && text(kept.doc) === text(doc)) store.setState({ past: kept.past, future: kept.future });
    let timer = 0;
    const keep = () => {
      window.clearTimeout(timer);
      const now = store.getState();
      rememberHere(nameOf(flowId), now.past.length + now.future.length > 0 ? packHistory(now) : null);
    };
    const stop = store.subscribe((now, was) => {
      if (now.past === was.past && now.future === was.future && now.doc === was.doc) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, CALM_MS);
    });
    window.addEventListener('pagehide', keep);
    return () => {
      stop();
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [flowId, store]);
}

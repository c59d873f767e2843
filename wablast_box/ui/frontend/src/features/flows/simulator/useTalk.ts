import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { ask } from '../box';
import { useEditor, useEditorStore } from '../graph/context';
import { close } from '../graph/document';
import type { Rehearsal, Said } from '../types';
import { litBy } from './talk';

/** The talk so far, played anew by the box's own engine whenever a line is added or the drawing changes. */
export function useTalk(flowId: string) {
  const store = useEditorStore();
  const drawn = useEditor((state) => state.doc);
  const [doc] = useDebouncedValue(drawn, 500);
  const language = useEditor((state) => (state.doc.languages.others.length > 0 ? (state.language ?? state.doc.languages.main) : undefined));
  const pins = useEditor((state) => state.pins);
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [began] = useState(() => new Date().toISOString());
  const play = useQuery({
    queryKey: ['flow', flowId, 'simulate', said, doc, pins, language],
    queryFn: ({ signal }) => ask<Rehearsal>('POST', '/api/v1/flows/{id}/simulate', { params: { path: { id: flowId } }, body: { messages: said, graph: close(doc), now: began, pins, ...(language === undefined ? {} : { contact: { language } }) }, signal }),
    enabled: said.length > 0,
    placeholderData: said.length > 0 ? keepPreviousData : undefined,
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  const rehearsal = said.length > 0 ? play.data : undefined;
  useEffect(() => { store.setState({ lit: rehearsal ? litBy(store.getState().doc, rehearsal) : null }); }, [rehearsal, store]);
  useEffect(() => () => { store.setState({ lit: null }); }, [store]);
  return {
    said, rehearsal,
    error: play.error,
    busy: play.isFetching,
    say: (one: Said) => { setSaid((all) => [...all, one]); },
    back: () => { setSaid((all) => all.slice(0, -1)); },
    again: () => { setSaid([]); },
    /** Take back what was said after a line: the talk goes on from there. */
    cut: (after: number) => { setSaid((all) => all.slice(0, after + 1)); },
  };
}

export type Talk = ReturnType<typeof useTalk>;

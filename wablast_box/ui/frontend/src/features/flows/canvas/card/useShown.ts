import { useMemo } from 'react';
import { useEditor, useEditorList } from '../../graph/context';
import { shownIn, wantedBy } from '../../graph/texts';
import type { GraphNode, NodeTexts } from '../../graph/types';

const NONE: readonly (NodeTexts | undefined)[] = [];

/** A step in the language in which the canvas shows the flow. */
export function useShown(id: string): GraphNode | undefined {
  const node = useEditor((state) => state.doc.nodes[id]);
  const kind = useEditor((state) => state.kinds.get(state.doc.nodes[id]?.type ?? ''));
  const texts = useEditorList(({ language, doc }) => (language === null ? NONE : wantedBy(doc.languages, language).map((code) => doc.texts[code]?.[id])));
  return useMemo(() => (node ? shownIn(node, kind, texts) : undefined), [kind, node, texts]);
}

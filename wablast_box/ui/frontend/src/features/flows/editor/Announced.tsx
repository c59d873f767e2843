import { t } from '@/lib/i18n';
import { useEditor } from '../graph/context';
import { outputsOf } from '../graph/outputs';
import { theOne } from '../graph/store';

/** For those who hear the canvas: the chosen step, and where its ways lead. */
export function Announced() {
  const words = useEditor((state) => {
    const id = theOne(state);
    const node = id === null ? undefined : state.doc.nodes[id];
    if (!node) return '';
    const nameOf = (other: string | undefined) => {
      const to = other === undefined ? undefined : state.doc.nodes[other];
      return to ? to.name || (state.kinds.get(to.type)?.title ?? to.type) : t('flows.announce.nowhere');
    };
    const ways = outputsOf(node, state.kinds.get(node.type)).map((way) => t('flows.announce.way', { output: way.label, to: nameOf(state.doc.edges.find((edge) => edge.from === node.id && edge.output === way.id)?.to) }));
    return [nameOf(node.id), ...ways].join('. ');
  });
  return <p className="hidden-text" role="status">{words}</p>;
}

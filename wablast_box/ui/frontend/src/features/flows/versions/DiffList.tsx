import { t } from '@/lib/i18n';
import { useEditor } from '../graph/context';
import { compare } from '../graph/diff';
import type { Graph, GraphNode } from '../graph/types';
import classes from './Versions.module.css';

interface DiffListProps {
  before: Graph;
  after: Graph;
}

/** Steps that came, went, or say something else. */
export function DiffList({ before, after }: DiffListProps) {
  const { added, removed, changed } = compare(before, after);
  if (added.length + removed.length + changed.length === 0) return <p className={classes.same}>{t('flows.versions.same')}</p>;
  return (
    <ul className={classes.diff}>
      <Lines nodes={added} kind="added" />
      <Lines nodes={changed} kind="changed" />
      <Lines nodes={removed} kind="removed" />
    </ul>
  );
}

interface LinesProps {
  nodes: GraphNode[];
  kind: 'added' | 'changed' | 'removed';
}

function Lines({ nodes, kind }: LinesProps) {
  const kinds = useEditor((state) => state.kinds);
  return nodes.map((node) => (
    <li key={node.id} data-kind={kind}>
      <span>{t(`flows.versions.${kind}`)}</span> <bdi>{node.name || (kinds.get(node.type)?.title ?? node.type)}</bdi>
    </li>
  ));
}

import { useQuery } from '@tanstack/react-query';
import { providersQuery } from '@/features/ai/queries';
import { teamsQuery } from '@/features/desk/queries';
import { colleaguesQuery } from '@/features/inbox/queries';
import { useEditor } from '../../graph/context';
import { flowsQuery } from '../../queries';

interface ReferencedProps {
  kind: string | undefined;
  id: string;
}

/** What a step points to, by the name people know it by; what has no list of its own is a name already. */
export function Referenced({ kind, id }: ReferencedProps) {
  switch (kind) {
    case 'flow': return <Flow id={id} />;
    case 'user': return <Person id={id} />;
    case 'team': return <Team id={id} />;
    case 'ai_provider': return <Model id={id} />;
    case 'node': return <Step id={id} />;
    default: return <bdi>{id}</bdi>;
  }
}

interface OneProps {
  id: string;
}

const Flow = ({ id }: OneProps) => named(id, useQuery({ ...flowsQuery, refetchInterval: false }).data);
const Person = ({ id }: OneProps) => named(id, useQuery(colleaguesQuery).data);
const Team = ({ id }: OneProps) => named(id, useQuery(teamsQuery).data);
const Model = ({ id }: OneProps) => named(id, useQuery(providersQuery).data);

function Step({ id }: OneProps) {
  const name = useEditor(({ doc, kinds }) => {
    const node = doc.nodes[id];
    return node && (node.name || (kinds.get(node.type)?.title ?? node.type));
  });
  return <bdi>{name ?? id}</bdi>;
}

/** What is gone, or came with another box, keeps its id: it is not lost by looking at it. */
const named = (id: string, all: readonly { id: string; name: string | null }[] | undefined) => <bdi>{all ? (all.find((one) => one.id === id)?.name ?? id) : '…'}</bdi>;

import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useState } from 'react';
import { Dialog } from '@/design/Dialog';
import { Loaded } from '@/design/Loaded';
import { t } from '@/lib/i18n';
import { Canvas } from '../canvas/Canvas';
import { EditorContext, useEditorStore } from '../graph/context';
import { createEditor } from '../graph/store';
import type { Graph } from '../graph/types';
import { versionQuery } from '../queries';
import type { Flow } from '../types';
import classes from './Versions.module.css';

interface VersionViewProps {
  flow: Flow;
  number: number;
  onClose: () => void;
}

/** A former version on a canvas of its own, for looking at. */
export function VersionView({ flow, number, onClose }: VersionViewProps) {
  const version = useQuery(versionQuery(flow.id, number));
  return (
    <Dialog title={t('flows.versions.number', { number })} onClose={onClose} size={1100}>
      <div className={classes.view}><Loaded query={version}>{({ graph }) => <Still graph={graph} />}</Loaded></div>
    </Dialog>
  );
}

interface StillProps {
  graph: Graph;
}

function Still({ graph }: StillProps) {
  const { kinds } = useEditorStore().getState();
  const [store] = useState(() => createEditor(graph, kinds, true));
  return <EditorContext value={store}><ReactFlowProvider><Canvas mini={false} /></ReactFlowProvider></EditorContext>;
}

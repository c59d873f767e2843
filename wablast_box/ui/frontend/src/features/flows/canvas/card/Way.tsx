import { Handle, Position } from '@xyflow/react';
import type { MouseEvent, ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../../graph/context';
import type { Tone } from '../../graph/outputs';
import classes from './Card.module.css';

interface WayProps {
  node: string;
  output: string;
  label: string;
  tone: Tone;
  className?: string;
  children?: ReactNode;
}

/** One way out of a node: a line of the card with the handle its wire leaves from. A click on the free handle asks what comes next. */
export function Way({ node, output, label, tone, className = classes.way, children }: WayProps) {
  const store = useEditorStore();
  const taken = useEditor(({ doc }) => doc.edges.some((edge) => edge.from === node && edge.output === output));
  const add = (event: MouseEvent) => {
    const { readOnly, doc } = store.getState();
    if (readOnly || taken) return;
    event.stopPropagation();
    const at = doc.layout[node] ?? { x: 0, y: 0 };
    store.setState({ adding: { screen: { x: event.clientX + 14, y: event.clientY - 20 }, at: { x: at.x + 350, y: at.y }, from: { node, output } } });
  };
  return (
    <div className={className} data-tone={tone}>
      {children ?? <span className={classes.wayLabel}>{label}</span>}
      <Handle type="source" position={Position.Right} id={output} className={classes.out} data-tone={tone} data-free={taken ? undefined : true} onClick={add} title={taken ? label : t('flows.canvas.add', { output: label })} />
    </div>
  );
}

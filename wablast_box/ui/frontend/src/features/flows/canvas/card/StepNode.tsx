import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useEffect } from 'react';
import { IconAlertTriangle, IconClock } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useEditor } from '../../graph/context';
import { outputsOf } from '../../graph/outputs';
import type { GraphNode, Kind } from '../../graph/types';
import { IconCircleOff, IconPin } from '../../icons';
import { Bubble } from './Bubble';
import { Facts } from './Facts';
import { isMeasured, markMeasured, useFar } from '../far';
import { FarCard } from './FarCard';
import { KindIcon } from './KindIcon';
import { NameEdit } from './NameEdit';
import { Passed } from './Passed';
import { useShown } from './useShown';
import { Way } from './Way';
import classes from './Card.module.css';

/** A step of the flow as a card: what it is called, what the customer sees of it, and every way out. */
export const StepNode = memo(function StepNode({ id, selected, height }: NodeProps) {
  const node = useShown(id);
  const stored = useEditor((state) => state.doc.nodes[id]);
  const kind = useEditor((state) => state.kinds.get(state.doc.nodes[id]?.type ?? ''));
  const lit = useEditor((state) => (state.lit ? (state.lit.nodes[id] ? 'ran' : 'dim') : undefined));
  const here = useEditor((state) => state.lit?.at === id);
  const far = useFar();
  if (!node || !stored) return null;
  const isFar = far && height !== undefined && isMeasured(stored);
  return (
    <div className={classes.card} data-far={isFar || undefined} style={isFar ? { height } : undefined} data-category={kind?.category ?? 'unknown'} data-selected={selected || undefined} data-off={node.disabled || undefined} data-lit={lit} data-here={here || undefined}>
      {isFar ? <FarCard id={id} name={node.name || (kind?.title ?? node.type)} height={height} /> : <Whole stored={stored} node={node} kind={kind} />}
    </div>
  );
});

interface WholeProps {
  stored: GraphNode;
  node: GraphNode;
  kind: Kind | undefined;
}

function Whole({ stored, node, kind }: WholeProps) {
  const { id } = node;
  const outputs = outputsOf(node, kind);
  const drawn = kind && Object.keys(kind.preview).length > 0;
  const rest = outputs.filter((one) => one.tone !== 'item');
  useEffect(() => { markMeasured(stored); }, [stored]);
  return (
    <>
      {node.type === 'start' ? null : <Handle type="target" position={Position.Left} id="in" className={classes.in} />}
      <div className={classes.head}>
        <span className={classes.icon}><KindIcon kind={kind} /></span>
        <NameEdit id={id} name={node.name ?? ''} title={kind?.title ?? node.type} />
        <Marks id={id} off={node.disabled === true} slow={kind?.is_slow === true} />
      </div>
      {kind ? (drawn ? <Bubble node={node} kind={kind} outputs={outputs} /> : <Facts node={node} kind={kind} outputs={outputs} />) : <p className={classes.unknown}>{t('flows.card.unknown', { type: node.type })}</p>}
      {drawn && !hasTaps(kind.preview, kind.outputs_from?.field) ? outputs.filter((one) => one.tone === 'item').map((one) => <Way key={one.id} node={id} output={one.id} label={one.label} tone={one.tone} />) : null}
      <div className={classes.ways}>{rest.map((one) => <Way key={one.id} node={id} output={one.id} label={one.label} tone={one.tone} />)}</div>
      <Passed id={id} />
    </>
  );
}

const hasTaps = (preview: Record<string, string>, field: string | undefined): boolean =>
  field === undefined || ['buttons', 'rows', 'sections', 'cards'].some((part) => preview[part] === field);

interface MarksProps {
  id: string;
  off: boolean;
  slow: boolean;
}

function Marks({ id, off, slow }: MarksProps) {
  const troubles = useEditor((state) => state.troubles[id]);
  const turn = useEditor((state) => state.lit?.nodes[id]);
  const pinned = useEditor((state) => id in state.pins);
  const tone = troubles?.some((one) => one.severity === 'error') ? 'bad' : 'warn';
  return (
    <span className={classes.marks}>
      {off ? <span title={t('flows.card.off')}><IconCircleOff size={14} stroke={1.8} aria-label={t('flows.card.off')} /></span> : null}
      {pinned ? <span className={classes.pinned} title={t('flowRuns.pins.card')}><IconPin size={13} stroke={1.9} aria-label={t('flowRuns.pins.card')} /></span> : null}
      {slow && !troubles && !pinned ? <span className={classes.slow} title={t('flows.card.slow')}><IconClock size={13} stroke={1.8} aria-hidden /></span> : null}
      {troubles ? (
        <span className={classes.trouble} data-tone={tone} title={troubles.map((one) => one.message).join('\n')}>
          <IconAlertTriangle size={13} stroke={1.9} aria-hidden /> {troubles.length}
          <span className="hidden-text">{plural('flows.card.toFix', troubles.length)}</span>
        </span>
      ) : null}
      {turn ? <span className={classes.turn}>{turn}</span> : null}
    </span>
  );
}

import { type HandleType, useStoreApi } from '@xyflow/react';
import { useState } from 'react';
import { IconAlertTriangle } from '@/design/icons';
import { plural } from '@/lib/i18n';
import { useEditor } from '../../graph/context';
import { Passed } from './Passed';
import classes from './Card.module.css';

const LINE = 36;
const LETTERS = 13;

interface FarCardProps {
  id: string;
  name: string;
  height: number;
}

/** A step seen from far away: its name, large, and whether something is wrong with it. */
export function FarCard({ id, name, height }: FarCardProps) {
  const troubles = useEditor((state) => state.troubles[id]);
  return (
    <>
      <div className={classes.far}>
        <bdi>{fitting(name, height)}</bdi>
        {troubles ? <span data-tone={troubles.some((one) => one.severity === 'error') ? 'bad' : 'warn'}><IconAlertTriangle size={30} stroke={2} aria-hidden /><span className="hidden-text">{plural('flows.card.toFix', troubles.length)}</span></span> : null}
      </div>
      <Ends id={id} />
      <Passed id={id} />
    </>
  );
}

interface EndsProps {
  id: string;
}

/**
 * React Flow measures where wires end whenever a card is mounted. These stand where the handles of the whole card were,
 * with the class and the data that it looks for: a `Handle` each would cost more than all the rest of the card.
 */
function Ends({ id }: EndsProps) {
  const flow = useStoreApi();
  const [known] = useState(() => flow.getState().nodeLookup.get(id)?.internals.handleBounds);
  const kinds: HandleType[] = ['target', 'source'];
  return kinds.flatMap((type) => known?.[type]?.map((one) => (
    <i key={`${type}${one.id ?? ''}`} className={`${type} ${classes.end ?? ''}`} data-handleid={one.id} data-handlepos={one.position} style={{ left: one.x, top: one.y, width: one.width, height: one.height }} />
  )) ?? []);
}

/** Cut by counting: hundreds of cards that each clip what they hold would be felt. */
function fitting(name: string, height: number): string {
  const room = Math.max(1, Math.floor((height - 20) / LINE)) * LETTERS;
  return name.length > room ? `${name.slice(0, room - 1)}…` : name;
}

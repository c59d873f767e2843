import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useState } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconChevronDown, IconChevronRight, IconX } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import { changeGroup, ungroup } from '../graph/document';
import classes from './Canvas.module.css';

/** A frame around steps that belong together. Folded it is one card. */
export const GroupNode = memo(function GroupNode({ id, selected }: NodeProps) {
  const store = useEditorStore();
  const group = useEditor((state) => state.doc.groups.find((one) => one.id === id));
  const readOnly = useEditor((state) => state.readOnly);
  const [naming, setNaming] = useState(false);
  if (!group) return null;
  const { change } = store.getState();
  const Chevron = group.collapsed ? IconChevronRight : IconChevronDown;
  return (
    <div className={classes.group} data-folded={group.collapsed || undefined} data-selected={selected || undefined}>
      {group.collapsed ? <><Handle type="target" position={Position.Left} id="in" isConnectable={false} /><Handle type="source" position={Position.Right} id="out" isConnectable={false} /></> : null}
      <div className={classes.groupHead}>
        <IconButton size={22} className="nodrag" label={t(group.collapsed ? 'flows.canvas.unfold' : 'flows.canvas.fold')} onClick={() => { change((doc) => changeGroup(doc, id, { collapsed: !group.collapsed })); }}><Chevron size={14} /></IconButton>
        {naming ? (
          <input
            className="nodrag" autoFocus defaultValue={group.name} maxLength={60} aria-label={t('flows.canvas.groupName')}
            onKeyDown={(event) => { event.stopPropagation(); if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur(); }}
            onBlur={(event) => { const name = event.currentTarget.value.trim(); setNaming(false); change((doc) => (name === group.name ? doc : changeGroup(doc, id, { name }))); }}
          />
        ) : <span onDoubleClick={() => { setNaming(!readOnly); }}><bdi>{group.name || t('flows.canvas.group')}</bdi></span>}
        {readOnly || group.collapsed ? null : <IconButton size={22} className="nodrag" label={t('flows.canvas.ungroup')} onClick={() => { change((doc) => ungroup(doc, id)); }}><IconX size={13} /></IconButton>}
      </div>
      {group.collapsed ? <p>{plural('flows.canvas.steps', group.nodes.length)}</p> : null}
    </div>
  );
});

import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useState } from 'react';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import { changeNote } from '../graph/document';
import classes from './Canvas.module.css';

/** A remark on the canvas, for whoever looks after the flow next. */
export const NoteNode = memo(function NoteNode({ id, selected }: NodeProps) {
  const store = useEditorStore();
  const note = useEditor((state) => state.doc.notes[id]);
  const readOnly = useEditor((state) => state.readOnly);
  const [writing, setWriting] = useState(false);
  if (!note) return null;
  return (
    <div className={classes.note} data-color={note.color} data-selected={selected || undefined} onDoubleClick={() => { setWriting(!readOnly); }}>
      {readOnly ? null : (
        <NodeResizer
          isVisible={selected} minWidth={120} minHeight={70} color="var(--mantine-color-saffron-6)"
          onResizeEnd={(_, { x, y, width, height }) => { store.getState().change((doc) => changeNote(doc, id, { x, y, width, height })); }}
        />
      )}
      {writing ? (
        <textarea
          className="nodrag nowheel" autoFocus defaultValue={note.text} maxLength={2000} aria-label={t('flows.canvas.note')}
          onKeyDown={(event) => { event.stopPropagation(); if (event.key === 'Escape') event.currentTarget.blur(); }}
          onBlur={(event) => { const text = event.currentTarget.value; setWriting(false); store.getState().change((doc) => (doc.notes[id]?.text === text ? doc : changeNote(doc, id, { text }))); }}
        />
      ) : <p dir="auto">{note.text || <em>{t('flows.canvas.noteEmpty')}</em>}</p>}
    </div>
  );
});

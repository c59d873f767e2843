import { type KeyboardEvent, useState } from 'react';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../../graph/context';
import { changeNode } from '../../graph/document';
import classes from './Card.module.css';

interface NameEditProps {
  id: string;
  name: string;
  title: string;
}

/** A step's name; F2 or a double click changes it. Without one it is called what it is. */
export function NameEdit({ id, name, title }: NameEditProps) {
  const store = useEditorStore();
  const editing = useEditor((state) => state.renaming === id);
  if (editing) return <NameField id={id} name={name} title={title} />;
  return (
    <span className={classes.name} onDoubleClick={() => { if (!store.getState().readOnly) store.setState({ renaming: id }); }}>
      <bdi>{name || title}</bdi>
      {name ? <small>{title}</small> : null}
    </span>
  );
}

function NameField({ id, name, title }: NameEditProps) {
  const store = useEditorStore();
  const [value, setValue] = useState(name);
  const finish = (keep: boolean) => {
    if (keep && value.trim() !== name) store.getState().change((doc) => changeNode(doc, id, { name: value.trim() }));
    store.setState({ renaming: null });
  };
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(true);
    if (event.key === 'Escape') finish(false);
  };
  return (
    <input
      className={`${classes.nameField ?? ''} nodrag`} autoFocus value={value} placeholder={title} maxLength={80} aria-label={t('flows.canvas.name')}
      onChange={(event) => { setValue(event.currentTarget.value); }} onKeyDown={handleKey} onBlur={() => { finish(true); }} onFocus={(event) => { event.currentTarget.select(); }}
    />
  );
}

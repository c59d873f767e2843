import { useState } from 'react';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { useChangeFlow } from '../queries';
import type { Flow } from '../types';
import classes from '../editor/Editor.module.css';

interface FlowNameProps {
  flow: Flow;
  readOnly: boolean;
}

/** The flow's name; a click changes it. */
export function FlowName({ flow, readOnly }: FlowNameProps) {
  const [editing, setEditing] = useState(false);
  const change = useChangeFlow(flow.id);
  const finish = (name: string) => {
    setEditing(false);
    if (name.trim() && name.trim() !== flow.name) change.mutate({ name: name.trim() }, { onError: toastError });
  };
  if (readOnly) return <h1 className={classes.flowName}><bdi>{flow.name}</bdi></h1>;
  if (!editing) return <h1 className={classes.flowName}><button type="button" title={t('flows.editor.rename')} onClick={() => { setEditing(true); }}><bdi>{flow.name}</bdi></button></h1>;
  return (
    <input
      className={classes.flowNameField} autoFocus defaultValue={flow.name} maxLength={100} aria-label={t('flows.editor.rename')} onFocus={(event) => { event.currentTarget.select(); }} onBlur={(event) => { finish(event.currentTarget.value); }}
      onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); if (event.key === 'Escape') setEditing(false); }}
    />
  );
}

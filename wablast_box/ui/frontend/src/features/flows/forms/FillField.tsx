import { type KeyboardEvent, useRef, useState } from 'react';
import { LongTextField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { words } from '../graph/outputs';
import { asked, fill, matching } from './asking';
import { useOffered } from './offered';
import type { FormField } from './SchemaForm';
import { VariableList } from './VariableList';
import classes from './Forms.module.css';

interface FillFieldProps extends FormField {
  /** What is not filled: a name, an expression, code. */
  plain?: 'variable' | 'expression' | 'code';
}

const COUNTED = 0.5;
const NEAR = 0.85;
const SHORT = 10;

/** A text with its count against the limit. `{{` offers the variables that may stand here. */
export function FillField({ name, path, schema, value, onChange, errorOf, plain }: FillFieldProps) {
  const text = words(value);
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const offered = useOffered(schema['x-secrets'] === true);
  const fills = plain === undefined && schema['x-fills'] !== false;
  const wish = fills && caret !== null ? asked(text, caret) : null;
  const list = wish ? matching(offered, wish.words) : [];
  const put = (variable: string) => {
    if (!wish || caret === null) return;
    const filled = fill(text, wish.from, caret, variable);
    onChange(filled.text);
    setCaret(null);
    window.setTimeout(() => { box.current?.focus(); box.current?.setSelectionRange(filled.caret, filled.caret); });
  };
  const handleKey = (event: KeyboardEvent) => {
    const chosen = list[at % Math.max(1, list.length)];
    if (!chosen) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % list.length);
    else if (event.key === 'ArrowUp') setAt((at - 1 + list.length) % list.length);
    else if (event.key === 'Enter' || event.key === 'Tab') put(chosen.name);
    else if (event.key === 'Escape') { setCaret(null); event.stopPropagation(); } else return;
    event.preventDefault();
  };
  const over = schema.maxLength !== undefined && text.length > schema.maxLength;
  const error = errorOf(path);
  const shared = {
    ref: box, value: text, error: error ?? (over ? true : undefined), onKeyDown: handleKey,
    label: <span className={classes.label}><span>{schema.title ?? name}</span><Count length={text.length} most={plain === 'variable' ? undefined : schema.maxLength} /></span>,
    'aria-label': schema.title ?? name,
    description: schema.description,
    spellCheck: plain === undefined,
    classNames: plain ? { input: classes.mono, label: classes.wide, description: classes.help } : { label: classes.wide, description: classes.help },
    onChange: (event: { currentTarget: { value: string; selectionStart: number | null } }) => { onChange(event.currentTarget.value); setCaret(event.currentTarget.selectionStart); setAt(0); },
    onSelect: (event: { currentTarget: { selectionStart: number | null } }) => { if (caret !== null) setCaret(event.currentTarget.selectionStart); },
    onBlur: () => { window.setTimeout(() => { setCaret(null); }, 150); },
  };
  return (
    <div className={classes.fill}>
      {plain === 'code' || plain === 'expression' || (schema['x-lines'] ?? 1) > 1
        ? <LongTextField {...shared} minRows={plain === 'code' ? 8 : Math.min(6, schema['x-lines'] ?? 2)} maxRows={plain === 'code' ? 24 : 14} />
        : <TextField {...shared} placeholder={plain === 'variable' ? t('flows.forms.variable') : undefined} />}
      {list.length > 0 ? <VariableList list={list} at={at % list.length} onPick={put} /> : null}
    </div>
  );
}

interface CountProps {
  length: number;
  most: number | undefined;
}

function Count({ length, most }: CountProps) {
  // Nobody counts before half of it is used. A time of day or a date is as long as it is: to fill it is no cause for worry.
  if (most === undefined || length < most * COUNTED || (most <= SHORT && length <= most)) return null;
  const state = length > most ? 'over' : length > most * NEAR ? 'near' : undefined;
  return <span className={classes.count} data-state={state}>{t('flows.forms.count', { length: length.toLocaleString('en-IN'), most: most.toLocaleString('en-IN') })}</span>;
}

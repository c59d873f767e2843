import { useState } from 'react';
import { Button } from '@/design/Button';
import { TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconPlus, IconTrash } from '@/design/icons';
import { t } from '@/lib/i18n';
import { words } from '../graph/outputs';
import { FillField } from './FillField';
import type { FormField } from './SchemaForm';
import classes from './Forms.module.css';

type Row = [name: string, text: string];

/** Names with texts, such as headers. Held as rows while they are written, so that a half-written name loses nothing. */
export function NamesField({ name, path, schema, value, onChange, errorOf }: FormField) {
  const [rows, setRows] = useState<Row[]>(() => Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([key, text]) => [key, words(text)]));
  const error = errorOf(path);
  const change = (next: Row[]) => {
    setRows(next);
    onChange(Object.fromEntries(next.filter(([key]) => key.trim() !== '')));
  };
  return (
    <fieldset className={classes.items} aria-label={schema.title ?? name}>
      <legend><span>{schema.title ?? name}</span></legend>
      {schema.description ? <p className={classes.help}>{schema.description}</p> : null}
      {rows.map(([key, text], at) => (
        <div key={at} className={classes.pair} data-field={`${path}.${key}`}>
          <TextField aria-label={t('flows.forms.pairName')} placeholder={t('flows.forms.pairName')} value={key} maxLength={200} classNames={{ input: classes.mono }} onChange={(event) => { const next = event.currentTarget.value; change(rows.map((row, other) => (other === at ? [next, row[1]] : row))); }} />
          <IconButton size={28} label={t('flows.forms.pairRemove')} onClick={() => { change(rows.filter((_, other) => other !== at)); }}><IconTrash size={14} /></IconButton>
          <FillField name={key} path={`${path}.${key}`} schema={{ title: t('flows.forms.pairText'), maxLength: 4096, 'x-secrets': schema['x-secrets'] }} value={text} required={false} errorOf={errorOf} onChange={(next) => { change(rows.map((row, other) => (other === at ? [row[0], String(next)] : row))); }} />
        </div>
      ))}
      {error ? <p className={classes.error}>{error}</p> : null}
      {rows.length < (schema.maxProperties ?? 50) ? <Button kind="quiet" leftSection={<IconPlus size={13} />} onClick={() => { setRows([...rows, ['', '']]); }}>{t('flows.forms.pairAdd')}</Button> : null}
    </fieldset>
  );
}

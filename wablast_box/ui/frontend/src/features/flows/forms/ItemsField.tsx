import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { IconArrowDown, IconPlus, IconTrash } from '@/design/icons';
import { t } from '@/lib/i18n';
import { newId } from '../graph/document';
import { items } from '../graph/outputs';
import { IconArrowUp } from '../icons';
import { type FormField, SchemaForm } from './SchemaForm';
import classes from './Forms.module.css';

/** Things of one kind in an order that matters, such as buttons: add, move, take away. */
export function ItemsField({ name, path, schema, value, onChange, errorOf }: FormField) {
  const all = items(value);
  const shape = schema.items ?? { properties: {} };
  const word = schema['x-item'] ?? schema.title ?? name;
  const most = schema.maxItems ?? 50;
  const error = errorOf(path);
  const move = (at: number, by: number) => {
    const next = [...all];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    onChange(next);
  };
  const add = () => {
    const given = Object.fromEntries(Object.entries(shape.properties).flatMap(([field, one]) => (one.default === undefined ? [] : [[field, one.default]])));
    onChange([...all, { ...given, id: newId('i') }]);
  };
  return (
    <fieldset className={classes.items} aria-label={schema.title ?? name}>
      <legend><span>{schema.title ?? name}</span><span className={classes.count} data-state={all.length > most ? 'over' : undefined}>{t('flows.forms.count', { length: all.length, most })}</span></legend>
      {schema.description ? <p className={classes.help}>{schema.description}</p> : null}
      {error ? <p className={classes.error}>{error}</p> : null}
      {all.map((one, at) => (
        <div key={one.id} className={classes.item}>
          <div className={classes.itemHead}>
            <span>{t('flows.forms.nth', { word, n: at + 1 })}</span>
            <IconButton size={24} label={t('flows.forms.up')} disabled={at === 0} onClick={() => { move(at, -1); }}><IconArrowUp size={14} /></IconButton>
            <IconButton size={24} label={t('flows.forms.down')} disabled={at === all.length - 1} onClick={() => { move(at, 1); }}><IconArrowDown size={14} /></IconButton>
            <IconButton size={24} label={t('flows.forms.remove', { word })} onClick={() => { onChange(all.filter((other) => other.id !== one.id)); }}><IconTrash size={14} /></IconButton>
          </div>
          <SchemaForm schema={shape} data={one} path={`${path}.${String(at)}.`} errorOf={errorOf} onChange={(field, next) => { onChange(all.map((other) => (other.id === one.id ? { ...other, [field]: next } : other))); }} />
        </div>
      ))}
      {all.length < most ? <Button kind="quiet" leftSection={<IconPlus size={13} />} onClick={add}>{t('flows.forms.add', { word: word.toLowerCase() })}</Button> : null}
    </fieldset>
  );
}

import { ChoiceField, NumberField, SwitchField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { words } from '../graph/outputs';
import { FillField } from './FillField';
import { ItemsField } from './ItemsField';
import { NamesField } from './NamesField';
import { ReferenceField } from './ReferenceField';
import { RulesField } from './RulesField';
import type { FormField } from './SchemaForm';

/** The field for a schema, by its hint; what no hint says is a text. */
export function FieldFor(field: FormField) {
  const { schema, value, onChange, errorOf, path, name } = field;
  const title = schema.title ?? name;
  const look = { label: title, description: schema.description, error: errorOf(path) };
  switch (schema['x-widget']) {
    case 'number':
      return <NumberField {...look} value={typeof value === 'number' ? value : ''} min={schema.minimum} max={schema.maximum} onChange={(next) => { onChange(next === '' ? undefined : Number(next)); }} />;
    case 'switch':
      return <SwitchField {...look} checked={value === true} onChange={(event) => { onChange(event.currentTarget.checked); }} />;
    case 'select':
      return (
        <ChoiceField
          {...look} value={words(value) || null} placeholder={t('flows.forms.choose')} onChange={(next) => { onChange(next ?? undefined); }}
          data={(schema.enum ?? []).map((one, at) => ({ value: one, label: schema['x-labels']?.[at] ?? one }))}
        />
      );
    case 'items': return <ItemsField {...field} />;
    case 'rules': return <RulesField {...field} />;
    case 'names': return <NamesField {...field} />;
    case 'reference': return <ReferenceField {...field} />;
    case 'variable': case 'expression': case 'code': return <FillField {...field} plain={schema['x-widget']} />;
    default: return <FillField {...field} />;
  }
}

import type { Data, FieldSchema, ObjectSchema } from '../graph/types';
import { FieldFor } from './FieldFor';
import { matters } from './when';
import classes from './Forms.module.css';

export interface FormField<Value = unknown> {
  name: string;
  /** From the node's data: `buttons.2.title`. Problems are found by it. */
  path: string;
  schema: FieldSchema;
  value: Value;
  onChange: (value: unknown) => void;
  errorOf: (path: string) => string | undefined;
  required: boolean;
}

interface SchemaFormProps {
  schema: ObjectSchema;
  /** All fields, where `schema` has only some of them. */
  whole?: ObjectSchema;
  data: Data;
  path?: string;
  onChange: (name: string, value: unknown) => void;
  errorOf: (path: string) => string | undefined;
}

/** A form drawn from a description: one renderer for every node, also for those that a plugin brings. */
export function SchemaForm({ schema, whole = schema, data, path = '', onChange, errorOf }: SchemaFormProps) {
  return (
    <div className={classes.form}>
      {Object.entries(schema.properties).filter(([name, field]) => name !== 'id' && matters(whole, field, data)).map(([name, field]) => (
        <div key={name} data-field={path + name}>
          <FieldFor
            name={name} path={path + name} schema={field} value={data[name] ?? field.default} required={schema.required?.includes(name) === true} errorOf={errorOf}
            onChange={(value) => { onChange(name, value); }}
          />
        </div>
      ))}
    </div>
  );
}

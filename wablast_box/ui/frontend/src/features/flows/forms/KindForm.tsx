import { t } from '@/lib/i18n';
import type { Data, Kind, ObjectSchema } from '../graph/types';
import { SchemaForm } from './SchemaForm';
import { inOrder } from './order';
import classes from './Forms.module.css';

interface KindFormProps {
  kind: Kind;
  data: Data;
  onChange: (name: string, value: unknown) => void;
  errorOf: (path: string) => string | undefined;
}

/** A node's form: what the customer sees and what must be there first, the fine points folded below. */
export function KindForm({ kind, data, onChange, errorOf }: KindFormProps) {
  const { first, more } = inOrder(kind);
  const rest = Object.keys(more.properties);
  const wrong = rest.some((name) => errorOf(name) !== undefined);
  return (
    <>
      <SchemaForm schema={first} data={data} errorOf={errorOf} onChange={onChange} />
      {rest.length > 0 ? (
        <details className={classes.more} open={wrong || undefined} data-field-group>
          <summary>{t('flows.forms.more')}<span>{names(more)}</span></summary>
          <SchemaForm schema={more} data={data} errorOf={errorOf} onChange={onChange} />
        </details>
      ) : null}
    </>
  );
}

const names = (schema: ObjectSchema): string => Object.entries(schema.properties).map(([name, field]) => field.title ?? name).join(', ');

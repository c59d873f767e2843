import { t } from '@/lib/i18n';
import type { Data, Kind } from '../graph/types';
import { SchemaForm } from './SchemaForm';
import { inOrder } from './order';
import { matters } from './when';
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
  const whole = kind.fields;
  const rest = Object.entries(more.properties).filter(([, field]) => matters(kind.fields, field, data));
  const wrong = rest.some(([name]) => errorOf(name) !== undefined);
  return (
    <>
      <SchemaForm schema={first} whole={whole} data={data} errorOf={errorOf} onChange={onChange} />
      {rest.length > 0 ? (
        <details className={classes.more} open={wrong || undefined} data-field-group>
          <summary>{t('flows.forms.more')}<span>{rest.map(([name, field]) => field.title ?? name).join(', ')}</span></summary>
          <SchemaForm schema={more} whole={whole} data={data} errorOf={errorOf} onChange={onChange} />
        </details>
      ) : null}
    </>
  );
}

import { t } from '@/lib/i18n';
import classes from './Simulator.module.css';

interface VariablesProps {
  variables: Readonly<Record<string, unknown>>;
}

/** What the flow remembers by now. */
export function Variables({ variables }: VariablesProps) {
  const all = Object.entries(variables);
  if (all.length === 0) return <p className={classes.nothing}>{t('flows.steps.noVariables')}</p>;
  return (
    <dl className={classes.variables}>
      {all.map(([name, value]) => (
        <div key={name}>
          <dt><code>{name}</code></dt>
          <dd><Value value={value} /></dd>
        </div>
      ))}
    </dl>
  );
}

interface ValueProps {
  value: unknown;
}

function Value({ value }: ValueProps) {
  if (value === null || value === undefined || value === '') return <em>{t('flows.steps.empty')}</em>;
  return typeof value === 'string' ? <bdi>{value}</bdi> : <pre>{JSON.stringify(value, null, 2)}</pre>;
}

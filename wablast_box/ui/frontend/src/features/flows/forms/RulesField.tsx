import { Autocomplete, SegmentedControl } from '@mantine/core';
import { Button } from '@/design/Button';
import { ChoiceField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconPlus, IconTrash } from '@/design/icons';
import { t } from '@/lib/i18n';
import { FillField } from './FillField';
import { useOffered } from './offered';
import { needsRight, operator } from './operators';
import type { FormField } from './SchemaForm';
import classes from './Forms.module.css';

interface Rule {
  left: string;
  operator: string;
  right?: string;
}

interface Rules {
  match: 'all' | 'any';
  rules: Rule[];
}

const read = (value: unknown): Rules => {
  const found = typeof value === 'object' && value !== null ? (value as Partial<Rules>) : {};
  return { match: found.match === 'any' ? 'any' : 'all', rules: Array.isArray(found.rules) ? found.rules : [] };
};

/** Conditions without a language of their own: what is looked at, how, with what. */
export function RulesField({ name, path, schema, value, onChange, errorOf }: FormField) {
  const { match, rules } = read(value);
  const offered = useOffered();
  const operators = schema.properties?.['rules']?.items?.properties['operator']?.enum ?? [];
  const names = [...new Set(offered.map((one) => one.name))];
  const error = errorOf(path);
  const change = (at: number, by: Partial<Rule>) => { onChange({ match, rules: rules.map((one, row) => (row === at ? { ...one, ...by } : one)) }); };
  return (
    <fieldset className={classes.items} aria-label={schema.title ?? name}>
      <legend><span>{schema.title ?? name}</span></legend>
      {schema.description ? <p className={classes.help}>{schema.description}</p> : null}
      {rules.length > 1 ? (
        <SegmentedControl
          value={match} onChange={(next) => { onChange({ match: next, rules }); }} aria-label={t('flows.rules.match')} fullWidth
          data={[{ value: 'all', label: t('flows.rules.all') }, { value: 'any', label: t('flows.rules.any') }]}
        />
      ) : null}
      {rules.map((rule, at) => (
        <div key={at} className={classes.rule} data-field={`${path}.rules.${String(at)}.left`}>
          <Autocomplete size="xs" data={names} value={rule.left} placeholder={t('flows.rules.left')} aria-label={t('flows.rules.left')} classNames={{ input: classes.mono }} error={errorOf(`${path}.rules.${String(at)}.left`)} onChange={(left) => { change(at, { left }); }} />
          <IconButton size={28} label={t('flows.rules.remove')} onClick={() => { onChange({ match, rules: rules.filter((_, row) => row !== at) }); }}><IconTrash size={14} /></IconButton>
          <ChoiceField aria-label={t('flows.rules.operator')} value={rule.operator} data={operators.map((one) => ({ value: one, label: operator(one) }))} error={errorOf(`${path}.rules.${String(at)}.operator`)} onChange={(next) => { change(at, { operator: String(next ?? 'equals') }); }} />
          {needsRight(rule.operator) ? (
            <FillField name="right" path={`${path}.rules.${String(at)}.right`} schema={{ title: t('flows.rules.right'), maxLength: 1000 }} value={rule.right ?? ''} required errorOf={errorOf} onChange={(right) => { change(at, { right: String(right) }); }} />
          ) : null}
        </div>
      ))}
      {error ? <p className={classes.error}>{error}</p> : null}
      <Button kind="quiet" leftSection={<IconPlus size={13} />} onClick={() => { onChange({ match, rules: [...rules, { left: '', operator: operators[0] ?? 'equals', right: '' }] }); }}>{t('flows.rules.add')}</Button>
    </fieldset>
  );
}

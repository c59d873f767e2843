import { Fragment, type ReactNode } from 'react';
import { plural, t } from '@/lib/i18n';
import { operator } from '../../forms/operators';
import { detailsOf, kindOf, matters } from '../../forms/when';
import { items, type Output, words, wordsOf } from '../../graph/outputs';
import type { FieldSchema, GraphNode, Kind } from '../../graph/types';
import { Referenced } from './Referenced';
import { Rich } from './Rich';
import { Way } from './Way';
import classes from './Card.module.css';

interface FactsProps {
  node: GraphNode;
  kind: Kind;
  outputs: Output[];
}

const MOST = 4;

/** A node that the customer does not see says what it does in a few lines; branches are lines with a handle. */
export function Facts({ node, kind, outputs }: FactsProps) {
  const branches = kind.outputs_from?.field;
  const lines = linesOf(kind, node, branches);
  return (
    <>
      {lines.length > 0 ? <div className={classes.facts}>{lines.map(({ name, line }) => <div key={name}>{line}</div>)}</div> : null}
      {branches === undefined ? null : items(node.data[branches]).map((one) => {
        const output = outputs.find((way) => way.id === one.id);
        return output ? <Way key={one.id} node={node.id} output={one.id} label={output.label} tone="item">{branchLine(kind, branches, one)}</Way> : null;
      })}
    </>
  );
}

interface Line {
  name: string;
  line: ReactNode;
}

function linesOf(kind: Kind, node: GraphNode, branches: string | undefined): Line[] {
  const all = Object.entries(kind.fields.properties);
  return all.flatMap(([name, field], at): Line[] => {
    const widget = field['x-widget'];
    if (!matters(kind.fields, field, node.data)) return [];
    // A number and its unit are one line: the unit comes with the number.
    const [unit, former] = [all[at + 1], all[at - 1]];
    if (widget === 'select' && former?.[1]['x-widget'] === 'number') return [];
    const value = node.data[name] ?? (widget === 'number' || widget === 'select' ? field.default : undefined);
    if (name === branches || value === undefined || value === null || value === '' || value === false) return [];
    if (widget === 'number' && unit?.[1]['x-widget'] === 'select') return [{ name, line: <><span className={classes.key}>{field.title}</span> {words(value)} {choiceOf(unit[1], node.data[unit[0]] ?? unit[1].default)}</> }];
    const line = lineOf(field, value);
    return line === null ? [] : [{ name, line }];
  }).slice(0, MOST);
}

const choiceOf = (field: FieldSchema, value: unknown): string => field['x-labels']?.[field.enum?.indexOf(words(value)) ?? -1] ?? words(value);

/** A branch with rules shows them; any other shows its words. */
function branchLine(kind: Kind, field: string, item: Readonly<Record<string, unknown>> & { id: string }): ReactNode {
  const properties = kind.fields.properties[field]?.items?.properties ?? {};
  const rules = Object.entries(properties).find(([name, one]) => one['x-widget'] === 'rules' && item[name] !== undefined);
  const said = words(item[kind.outputs_from?.label ?? '']);
  if (said) return <span className={classes.wayLabel}>{said}</span>;
  if (rules) return <span className={classes.wayLabel}>{rulesLine(item[rules[0]])}</span>;
  return <span className={classes.wayLabel}>{wordsOf(item, '') || t('flows.card.noWords')}</span>;
}

function lineOf(field: FieldSchema, value: unknown): ReactNode {
  const widget = field['x-widget'];
  if (widget === 'select') return <><span className={classes.key}>{field.title}</span> {choiceOf(field, value)}</>;
  if (widget === 'variable') return <><span className={classes.key}>{t('flows.card.savedAs')}</span> <code className={classes.chip}>{words(value)}</code></>;
  if (widget === 'rules') return rulesLine(value);
  if (widget === 'switch') return field.title;
  if (widget === 'code') return <code className={classes.code}>{words(value).split('\n').slice(0, 3).join('\n')}</code>;
  if (widget === 'expression') return <code className={classes.chip}>{words(value)}</code>;
  if (widget === 'items' && field.items?.properties['kind']) return <Triggers field={field} value={value} />;
  if (widget === 'items') return <><span className={classes.key}>{field.title}</span> {items(value).map((one) => wordsOf(one, 'title')).filter(Boolean).slice(0, 3).join(', ') || plural('flows.card.things', items(value).length)}</>;
  if (widget === 'names') return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? <><span className={classes.key}>{field.title}</span> {Object.keys(value).slice(0, 4).join(', ')}</> : null;
  if (widget === 'reference') return <><span className={classes.key}>{field.title}</span> <Referenced kind={field['x-kind']} id={words(value)} /></>;
  if (widget === 'number') return <><span className={classes.key}>{field.title}</span> {words(value)}</>;
  return words(value) ? <Rich text={words(value)} longest={110} /> : null;
}

interface TriggersProps {
  field: FieldSchema;
  value: unknown;
}

/** Items that have a kind and words: each on a line of its own. */
function Triggers({ field, value }: TriggersProps) {
  const shape = field.items ?? { properties: {} };
  const all = items(value);
  if (all.length === 0) return null;
  const shown = all.length > MOST + 1 ? all.slice(0, MOST) : all;
  return (
    <>
      {shown.map((one) => {
        const said = detailsOf(shape, one);
        return <div key={one.id}><span className={classes.key}>{kindOf(shape, one)}</span> <strong>{said.length > 60 ? `${said.slice(0, 60)}…` : said}</strong></div>;
      })}
      {shown.length < all.length ? <span className={classes.key}>{plural('flows.card.more', all.length - shown.length)}</span> : null}
    </>
  );
}

/** "order.status is shipped and …" */
function rulesLine(value: unknown): ReactNode {
  const rules: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'rules') : null;
  const any = typeof value === 'object' && value !== null && Reflect.get(value, 'match') === 'any';
  if (!Array.isArray(rules) || rules.length === 0) return <em className={classes.missing}>{t('flows.card.noRules')}</em>;
  return rules.slice(0, 3).map((rule: Record<string, unknown>, at) => (
    <Fragment key={at}>
      {at > 0 ? ` ${t(any ? 'flows.rules.or' : 'flows.rules.and')} ` : null}
      <code className={classes.chip}>{words(rule['left']) || '…'}</code> {operator(words(rule['operator']))} <strong><Rich text={words(rule['right'])} longest={40} /></strong>
    </Fragment>
  ));
}

import { IconList } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, text } from '../content';
import classes from './Kinds.module.css';

interface FormAnswerProps {
  reply: Body;
}

/** A completed form. Its answers come as JSON inside text, which may be broken or not an object at all. */
export function FormAnswer({ reply }: FormAnswerProps) {
  const answers = flat(parsed(text(reply['response_json'])));
  return (
    <div className={classes.form}>
      <header><IconList size={15} stroke={1.7} aria-hidden /> <b>{t(text(reply['name']) === 'address_message' ? 'thread.interactive.address' : 'inbox.interactive.form')}</b></header>
      {answers.length === 0 ? <span>{t('inbox.interactive.form_empty')}</span> : (
        <dl>
          {answers.map(([name, value]) => [<dt key={`${name}-name`}>{calm(name)}</dt>, <dd key={name} dir="auto">{calm(value)}</dd>])}
        </dl>
      )}
    </div>
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const INTERNAL = new Set(['flow_token']);

/** {values: {city: "Pune"}, ids: ["a", "b"]} → city: Pune, ids: a, b */
export const flat = (value: unknown): [string, string][] =>
  Object.entries(body(value)).flatMap(([name, inner]): [string, string][] => {
    if (INTERNAL.has(name)) return [];
    if (Array.isArray(inner)) return [[name, inner.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ')]];
    if (typeof inner === 'object' && inner !== null) return flat(inner);
    return inner === null || inner === '' ? [] : [[name.replaceAll('_', ' '), String(inner)]];
  });

import type { Message } from '@/api/types';
import { IconTemplate } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, list, named, text } from '../content';
import { Markup } from './Markup';
import classes from './Kinds.module.css';

interface TemplateBodyProps {
  message: Message;
}

/** A message template: its words where they are known, else what was filled in. */
export function TemplateBody({ message }: TemplateBodyProps) {
  const content = body(message.content);
  const name = calm(text(content['name']));
  const language = calm(text(body(content['language'])['code']));
  const words = message.text && message.text !== text(content['name']) ? message.text : null;
  const parts = list(content['components']);
  const values = words ? [] : parts.filter((part) => text(part['type']).toLowerCase() !== 'button').flatMap((part) => list(part['parameters']).map(valueOf)).filter(Boolean);
  return (
    <>
      <span className={classes.templateName}><IconTemplate size={12} aria-hidden /> {language ? t('thread.template.language', { name, language }) : name}</span>
      {words ? <Markup text={words} /> : null}
      {values.length > 0 ? <ul className={classes.values} aria-label={t('thread.template.values')}>{values.map((value, at) => <li key={at} dir="auto">{calm(value)}</li>)}</ul> : null}
    </>
  );
}

function valueOf(parameter: Body): string {
  const inner = named(parameter);
  return text(parameter['text']) || text(inner['fallback_value']) || text(inner['filename']) || text(inner['link']) || text(parameter['type']);
}

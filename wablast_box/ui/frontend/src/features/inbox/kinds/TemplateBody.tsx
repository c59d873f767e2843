import type { Message } from '@/api/types';
import { Badge } from '@/design/Badge';
import { IconTemplate } from '@/design/icons';
import { t } from '@/lib/i18n';
import { body, text } from '../content';
import { Markup } from './Markup';
import classes from './Kinds.module.css';

interface TemplateBodyProps {
  message: Message;
}

export function TemplateBody({ message }: TemplateBodyProps) {
  const name = text(body(message.content)['name']);
  const words = message.text === name ? null : message.text;
  return (
    <>
      <span className={classes.templateName}><Badge tone="logic" icon={<IconTemplate size={12} aria-hidden />}>{t('inbox.template.name', { name })}</Badge></span>
      {words ? <Markup text={words} /> : null}
    </>
  );
}

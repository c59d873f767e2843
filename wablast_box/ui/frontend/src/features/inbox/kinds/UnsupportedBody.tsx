import { useState } from 'react';
import { useMay } from '@/api/session';
import type { Message } from '@/api/types';
import { IconInfoCircle } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { body, list, text } from '../content';
import classes from './Kinds.module.css';

interface UnsupportedBodyProps {
  message: Message;
}

/** A kind that is not known here: said to be so, and whole for whoever may read what Meta sends. */
export function UnsupportedBody({ message }: UnsupportedBodyProps) {
  const mayLook = useMay('webhooks.read');
  const [open, setOpen] = useState(false);
  const content = body(message.content);
  const original = text(content['original_type']) || text(body(content['unsupported'])['type']) || (message.type === 'unsupported' ? '' : message.type);
  const reason = text(list(content['errors'])[0]?.['title']) || (message.error?.title ?? '');
  return (
    <div className={classes.unsupported}>
      <IconInfoCircle size={16} stroke={1.7} aria-hidden />
      <span>
        <b>{t('inbox.unsupported.title')}</b>
        <span>{t('inbox.unsupported.help')}</span>
        {original || reason ? <code>{calm([original, reason].filter(Boolean).join(', '))}</code> : null}
        {mayLook && message.content ? <button type="button" className={classes.more} aria-expanded={open} onClick={() => { setOpen(!open); }}>{t(open ? 'thread.unsupported.hide' : 'thread.unsupported.raw')}</button> : null}
        {open ? <pre className={classes.raw} tabIndex={0}>{calm(JSON.stringify(message.content, null, 2))}</pre> : null}
      </span>
    </div>
  );
}

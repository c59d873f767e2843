import { useState } from 'react';
import { t } from '@/lib/i18n';
import { previewOf } from '../preview';
import type { Row } from '../rows';

interface AnnouncerProps {
  rows: Row[];
  customer: string;
}

/** Says only what arrives. The list itself is silent, because scrolling it adds rows too. */
export function Announcer({ rows, customer }: AnnouncerProps) {
  const last = rows.at(-1);
  const newest = last?.kind === 'message' ? last.message : last?.kind === 'album' ? last.messages.at(-1) : undefined;
  const [start] = useState(newest?.id);
  const heard = newest?.direction === 'in' && newest.id !== start ? newest : null;
  return <p className="hidden-text" role="status">{heard ? t('inbox.thread.arrived', { name: customer, words: previewOf(heard) }) : ''}</p>;
}

import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type Ref, useImperativeHandle, useState } from 'react';
import type { Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { mentionableQuery } from '../queries';
import { type Colleague, matching } from './mentions';
import classes from './Note.module.css';

interface MentionPickerProps {
  ref: Ref<{ handleKey: (event: KeyboardEvent) => boolean }>;
  query: string;
  colleagues: Colleague[];
  onPick: (colleague: Colleague) => void;
}

const MOST = 6;

/** Whom one may call: those who may see the conversation. The box knows, and checks again. */
export function useMentionables(conversation: Conversation): Colleague[] {
  const { data = [] } = useQuery(mentionableQuery(conversation.id, conversation.assignee?.id ?? null));
  return data;
}

export function MentionPicker({ ref, query, colleagues, onPick }: MentionPickerProps) {
  const found = matching(colleagues, query).slice(0, MOST);
  const [at, setAt] = useState(0);
  const active = Math.min(at, found.length - 1);
  const handleKey = (event: KeyboardEvent): boolean => {
    const chosen = found[active];
    if (!chosen) return false;
    if (event.key === 'ArrowDown') setAt((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setAt((active + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') onPick(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  useImperativeHandle(ref, () => ({ handleKey }));
  if (found.length === 0 && query.includes(' ')) return null;
  return (
    <ul className={classes.people} role="listbox" aria-label={t('thread.note.pick')}>
      {found.map((one, index) => (
        <li key={one.id} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); onPick(one); }} onMouseEnter={() => { setAt(index); }}>
          <Avatar name={calm(one.name)} seed={one.id} size="xs" /> <bdi>{calm(one.name)}</bdi>
        </li>
      ))}
      {found.length === 0 ? <li className={classes.nobody}>{t('thread.note.none')}</li> : null}
    </ul>
  );
}

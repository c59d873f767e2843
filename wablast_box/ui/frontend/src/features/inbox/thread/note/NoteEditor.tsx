import { Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import type { Conversation, Note } from '@/api/types';
import { Button } from '@/design/Button';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { mentionableQuery } from '../../queries';
import { patchTimeline } from '../../useInboxLive';
import { called } from '../mentions';
import classes from '../Note.module.css';

const LIMIT = 10_000;

interface NoteEditorProps {
  note: Note;
  onDone: () => void;
}

/** A note being changed, in its own place. Enter keeps it, Escape leaves it as it was. */
export function NoteEditor({ note, onDone }: NoteEditorProps) {
  const { id, conversation_id: conversationId } = note;
  const [words, setWords] = useState(note.text);
  const client = useQueryClient();
  const assignee = client.getQueryData<Conversation>(['conversation', conversationId])?.assignee?.id ?? null;
  const { data: colleagues = [] } = useQuery(mentionableQuery(conversationId, assignee));
  const change = useMutation({
    mutationFn: () => answer(api.PATCH('/api/v1/notes/{id}', { params: { path: { id } }, body: { text: words.trim(), mentions: called(words, [...note.mentions, ...colleagues]).map((one) => one.id) } })),
    onSuccess: (changed) => { patchTimeline(client, conversationId, { kind: 'note', note: changed }); onDone(); },
    onError: toastError,
  });
  const ready = words.trim() !== '' && words.length <= LIMIT && !change.isPending;
  const keep = () => { if (words.trim() === note.text) onDone(); else if (ready) change.mutate(); };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== 'Escape' && !(event.key === 'Enter' && !event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    else onDone();
  };
  const handleFocus = (field: HTMLTextAreaElement | null) => { if (field && document.activeElement !== field) { field.focus(); field.setSelectionRange(field.value.length, field.value.length); } };
  return (
    <div className={classes.editor}>
      <Textarea ref={handleFocus} variant="unstyled" autosize minRows={1} maxRows={12} dir="auto" value={words} aria-label={t('thread.note.edit')} onChange={(event) => { setWords(event.currentTarget.value); }} onKeyDown={handleKey} />
      <div>
        <Button size="compact-xs" kind="quiet" onClick={onDone}>{t('common.cancel')}</Button>
        <Button size="compact-xs" disabled={!ready} loading={change.isPending} onClick={keep}>{t('thread.note.keep')}</Button>
      </div>
    </div>
  );
}

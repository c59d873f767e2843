import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { answer, api } from '@/api/client';
import type { Conversation } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconCheck } from '@/design/icons';
import { t } from '@/lib/i18n';
import { isWalking } from '@/lib/walking';
import { toastError } from '@/lib/toasts';
import { PresenceLine } from '../composer/PresenceLine';
import { usePresence } from '../composer/presence';
import { patchTimeline } from '../useInboxLive';
import { callAt, called, type Colleague } from './mentions';
import { MentionPicker, useMentionables } from './MentionPicker';
import { keepNoteDraft, setMode, useNoteDraft } from './mode';
import { ModeSwitch } from './ModeSwitch';
import classes from './Note.module.css';

interface NoteComposerProps {
  conversation: Conversation;
  onAdded: () => void;
}

const LIMIT = 10_000;

/** Where one writes to colleagues. Looks unlike the other, so that nobody tells the customer by mistake. */
export function NoteComposer({ conversation, onAdded }: NoteComposerProps) {
  const { id } = conversation;
  usePresence(id, 'noting');
  const words = useNoteDraft(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState<Colleague[]>([]);
  const [dismissed, setDismissed] = useState(false);
  const colleagues = useMentionables(conversation);
  const call = dismissed ? null : callAt(words, caret);
  const picker = useRef<{ handleKey: (event: KeyboardEvent) => boolean }>(null);
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/conversations/{id}/notes', { params: { path: { id } }, body: { text: words.trim(), mentions: called(words, [...chosen, ...colleagues]).map((one) => one.id) } })),
    onSuccess: (note) => {
      patchTimeline(client, id, { kind: 'note', note });
      keepNoteDraft(id, '');
      setChosen([]);
      onAdded();
    },
    onError: toastError,
  });
  const ready = words.trim() !== '' && words.length <= LIMIT && !add.isPending;
  useEffect(() => { if (!isWalking()) field.current?.focus({ preventScroll: true }); }, []);
  const handleChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    keepNoteDraft(id, event.currentTarget.value);
    setCaret(event.currentTarget.selectionStart);
    setDismissed(false);
  };
  const handlePick = (colleague: Colleague) => {
    if (!call) return;
    const before = `${words.slice(0, call.from)}@${colleague.name} `;
    keepNoteDraft(id, before + words.slice(caret));
    setChosen([...chosen, colleague]);
    setCaret(before.length);
    requestAnimationFrame(() => { field.current?.focus(); field.current?.setSelectionRange(before.length, before.length); });
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (call && picker.current?.handleKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (ready) add.mutate();
    }
    if (event.key === 'Escape') {
      if (call) setDismissed(true);
      else setMode(id, 'reply');
      event.preventDefault();
    }
  };
  const over = words.length > LIMIT;
  return (
    <>
    <PresenceLine conversationId={id} />
    <footer className={classes.composer}>
      {call ? <MentionPicker ref={picker} query={call.query} colleagues={colleagues} onPick={handlePick} /> : null}
      <div className={classes.row}>
        <Textarea
          ref={field} id="note" className={classes.input} variant="unstyled" autosize minRows={1} maxRows={9} dir="auto" value={words}
          aria-label={t('thread.note.field')} placeholder={t('thread.note.placeholder')} aria-describedby="note-foot" aria-invalid={over || undefined}
          onChange={handleChange} onKeyDown={handleKey} onSelect={(event) => { setCaret(event.currentTarget.selectionStart); }}
        />
        <IconButton label={t('thread.note.save')} size={32} side="top" disabled={!ready} onClick={() => { add.mutate(); }}><IconCheck size={17} /></IconButton>
      </div>
      <div id="note-foot" className={classes.foot}>
        <ModeSwitch conversationId={id} />
        {over ? <span data-bad>{t('thread.note.tooLong', { limit: LIMIT, count: words.length })}</span> : <span>{t('thread.note.hint')}</span>}
      </div>
    </footer>
    </>
  );
}

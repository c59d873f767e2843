import { type RefObject, useRef, useState } from 'react';
import { answer, api } from '@/api/client';
import type { Filled, Message } from '@/api/types';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { draftOf, keepDraft, useDraft } from '../drafts';
import { type Asked, askedAt, marked, places } from './completion';
import type { ComposerProps } from './Composer';
import { send } from './send';
import { useAnswered } from './useAnswered';
import { useTyping } from './useTyping';

export const LIMIT = 4096;

export interface WritingState {
  words: string;
  ready: boolean;
  over: boolean;
  /** What the caret stands behind: the beginning of an emoji or of a canned reply. */
  asked: Asked | null;
  /** Names in the text for which this customer has no value. */
  missing: string[];
  /** A colleague's answer that one should look at first. */
  answered: Message | null;
  write: (words: string, caret: number) => void;
  move: (caret: number) => void;
  insert: (text: string, from?: number) => void;
  mark: (sign: string) => void;
  dismiss: () => void;
  use: (replyId: string, from: number) => Promise<void>;
  submit: (sure?: boolean) => Promise<void>;
  goOn: () => void;
}

/** The words in the box and everything that may happen to them. */
export function useWriting({ conversation, files, replyTo, onReply, onSent }: ComposerProps, field: RefObject<HTMLTextAreaElement | null>): WritingState {
  const { id } = conversation;
  const words = useDraft(id);
  const typing = useTyping(id);
  const [caret, setCaret] = useState(words.length);
  const [dismissed, setDismissed] = useState(false);
  const [missing, setMissing] = useState<string[]>([]);
  const [asking, setAsking] = useState(false);
  const [answered, forgetAnswer] = useAnswered(conversation, words !== '' || files.chosen.length > 0);
  const busy = useRef(false);
  const again = useRef(false);
  const over = words.length > LIMIT;
  const ready = (words.trim() !== '' || files.chosen.length > 0) && !over;

  const put = (next: string, at: number, end = at) => {
    keepDraft(id, next);
    setCaret(end);
    requestAnimationFrame(() => { field.current?.focus(); field.current?.setSelectionRange(at, end); });
  };
  const insert = (text: string, from?: number) => {
    const now = draftOf(id);
    const start = from ?? field.current?.selectionStart ?? caret;
    const end = from === undefined ? field.current?.selectionEnd ?? caret : caret;
    put(now.slice(0, start) + text + now.slice(end), start + text.length);
  };
  const fill = async (body: { reply_id: string } | { text: string }): Promise<Filled> =>
    answer(api.POST('/api/v1/conversations/{id}/fill', { params: { path: { id } }, body }));
  const use = async (replyId: string, from: number) => {
    try {
      const filled = await fill({ reply_id: replyId });
      insert(filled.text, from);
      setMissing(filled.missing);
      if (filled.media) files.addStored(filled.media);
    } catch (error) {
      toastError(error);
    }
  };
  /** What stands in braces is filled in, and nothing goes out while something is missing. Who writes on meanwhile keeps their words. */
  const complete = async (written: string): Promise<string | null> => {
    if (places(written).length === 0) return written.trim();
    const filled = await fill({ text: written });
    const now = draftOf(id);
    if (filled.missing.length === 0) return now.startsWith(written) ? filled.text.trim() : null;
    if (now === written) keepDraft(id, filled.text);
    setMissing(filled.missing);
    return null;
  };
  const sendOnce = async (written: string) => {
    const whole = await complete(written);
    if (whole === null) return;
    send(id, { words: whole, files: files.take(), replyTo });
    keepDraft(id, draftOf(id).slice(written.length));
    setMissing([]);
    setAsking(false);
    forgetAnswer();
    onReply(null);
    onSent();
  };
  const submit = async (sure = false) => {
    if (busy.current) {
      again.current = true;
      return;
    }
    if (!ready) return;
    if (answered && !sure) {
      setAsking(true);
      return;
    }
    busy.current = true;
    try {
      await sendOnce(draftOf(id));
      // Pressed once more while the first was under way: for what was written since.
      while (again.current && draftOf(id).trim() !== '' && draftOf(id).length <= LIMIT) {
        again.current = false;
        await sendOnce(draftOf(id));
      }
    } catch (error) {
      toastError(error);
    } finally {
      busy.current = again.current = false;
    }
  };
  return {
    words, ready, over,
    asked: dismissed ? null : askedAt(words, caret),
    missing: missing.filter((name) => places(words).includes(name)),
    answered: asking ? answered : null,
    write: (next, at) => {
      keepDraft(id, next);
      setCaret(at);
      setDismissed(false);
      typing();
    },
    move: setCaret,
    insert,
    mark: (sign) => {
      const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
      const edit = marked({ words, from: selectionStart, to: selectionEnd }, sign);
      put(edit.words, edit.from, edit.to);
    },
    dismiss: () => { setDismissed(true); },
    use,
    submit,
    goOn: () => { setAsking(false); forgetAnswer(); },
  };
}

export const missingTitle = (names: string[]): string => t('composer.missing.title', { names: names.join(', ') });

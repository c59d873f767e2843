import { useEffect, useState } from 'react';
import { answer, api } from '@/api/client';
import { toast, toastError } from '@/lib/toasts';
import { t } from '@/lib/i18n';
import { keepDraft } from '../../drafts';
import { places } from '../completion';
import { type Part, partsOf } from '../send';
import { missingTitle } from '../useWriting';
import type { ExtraProps } from './Extra';
import { ScheduleSheet } from './ScheduleSheet';

/** What stands in the box, for later. What is in braces is filled in now: a moment later the words are on their own. */
export function ScheduleDraft({ conversation, writing, files, replyTo, onReply, onClose }: ExtraProps) {
  const [parts, setParts] = useState<Part[] | null>(null);
  const [given] = useState({ id: conversation.id, words: writing.words, files: files.chosen, replyTo, ready: writing.ready });
  const [close] = useState(() => onClose);
  useEffect(() => {
    if (!given.ready) {
      toast({ tone: 'info', title: t('composer.later.words') });
      close();
      return;
    }
    filled(given.id, given.words).then(({ text, missing }) => {
      if (missing.length === 0) {
        setParts(partsOf({ words: text.trim(), files: given.files, replyTo: given.replyTo }));
        return;
      }
      toast({ tone: 'bad', title: missingTitle(missing), help: t('composer.missing.help') });
      close();
    }, (error: unknown) => {
      toastError(error);
      close();
    });
  }, [given, close]);
  if (!parts) return null;
  const handleDone = () => {
    files.take();
    keepDraft(conversation.id, '');
    onReply(null);
    onClose();
  };
  return <ScheduleSheet conversation={conversation} parts={parts} onDone={handleDone} onClose={onClose} />;
}

const filled = (id: string, words: string): Promise<{ text: string; missing: string[] }> =>
  places(words).length === 0
    ? Promise.resolve({ text: words, missing: [] })
    : answer(api.POST('/api/v1/conversations/{id}/fill', { params: { path: { id } }, body: { text: words } }));

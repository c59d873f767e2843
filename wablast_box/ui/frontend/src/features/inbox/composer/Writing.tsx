import { Textarea } from '@mantine/core';
import { type ChangeEvent, type ClipboardEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconPaperclip, IconSend2 } from '@/design/icons';
import { t } from '@/lib/i18n';
import { keepDraft, useDraft } from '../drafts';
import { ACCEPT } from '../files';
import { nameOf } from '../names';
import { ModeSwitch } from '../thread/ModeSwitch';
import type { WindowLeft } from '../window';
import { ChosenList } from './ChosenList';
import type { ComposerProps } from './Composer';
import { Replying } from './Replying';
import { send } from './send';
import { useTyping } from './useTyping';
import classes from './Composer.module.css';

interface WritingProps extends ComposerProps {
  left: WindowLeft;
}

const LIMIT = 4096;
const NEAR = 400;

export function Writing({ conversation, files, replyTo, onReply, onSent, left }: WritingProps) {
  const draft = useDraft(conversation.id);
  const picker = useRef<HTMLInputElement>(null);
  const typing = useTyping(conversation.id);
  const over = draft.length > LIMIT;
  const ready = (draft.trim() !== '' || files.chosen.length > 0) && !over;
  useEffect(() => { if (matchMedia('(hover: hover)').matches) document.getElementById('composer')?.focus({ preventScroll: true }); }, []);
  const handleSend = () => {
    if (!ready) return;
    send({ conversationId: conversation.id, words: draft.trim(), files: files.take(), replyTo });
    keepDraft(conversation.id, '');
    onReply(null);
    onSent();
  };
  const handleKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word: it must not send.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      handleSend();
    }
    if (event.key === 'Escape') {
      if (replyTo) onReply(null);
      else if (event.target instanceof HTMLElement) event.target.blur();
    }
  };
  const handleChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    keepDraft(conversation.id, event.currentTarget.value);
    typing();
  };
  const handlePaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0) return;
    event.preventDefault();
    files.add(pasted);
  };
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    files.add([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };
  return (
    <footer className={classes.composer}>
      {replyTo ? <Replying message={replyTo} customer={nameOf(conversation.contact)} onCancel={() => { onReply(null); }} /> : null}
      <ChosenList files={files} />
      <div className={classes.row}>
        <input ref={picker} id="attach" type="file" multiple hidden accept={ACCEPT} onChange={handlePick} tabIndex={-1} aria-label={t('inbox.composer.attach')} />
        <IconButton label={t('inbox.composer.attach')} keys="mod+shift+a" size={32} side="top" onClick={() => { picker.current?.click(); }}><IconPaperclip size={17} stroke={1.7} /></IconButton>
        <Textarea
          id="composer" className={classes.input} variant="unstyled" autosize minRows={1} maxRows={9} dir="auto"
          aria-label={t('inbox.composer.label')} placeholder={t('inbox.composer.placeholder')} value={draft} enterKeyHint="send" autoCapitalize="sentences"
          onChange={handleChange} onKeyDown={handleKey} onPaste={handlePaste}
          aria-invalid={over || undefined} aria-describedby="composer-foot"
        />
        <IconButton label={t('inbox.composer.send')} size={32} side="top" filled disabled={!ready} onClick={handleSend}><IconSend2 size={16} /></IconButton>
      </div>
      <div id="composer-foot" className={classes.foot}>
        <ModeSwitch conversationId={conversation.id} />
        <span className={classes.hint}>{t('inbox.composer.enter')}</span>
        {over ? <span data-bad>{t('inbox.composer.tooLong', { limit: LIMIT, count: draft.length })}</span> : null}
        {!over && draft.length > LIMIT - NEAR ? <span>{t('inbox.composer.remaining', { count: LIMIT - draft.length })}</span> : null}
        <span data-low={left.low || undefined} title={t('inbox.window.chip', { left: left.long })}>{t('inbox.window.left', { left: left.long })}</span>
      </div>
    </footer>
  );
}

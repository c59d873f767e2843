import { Textarea } from '@mantine/core';
import { type ChangeEvent, type ClipboardEvent, type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconMicrophone, IconSend2 } from '@/design/icons';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { isWalking } from '@/lib/walking';
import { calm } from '@/lib/plain';
import { Markup } from '../kinds/Markup';
import { nameOf } from '../names';
import { previewOf } from '../preview';
import { FreeEntry } from '../templates/FreeEntry';
import { ModeSwitch } from '../thread/ModeSwitch';
import type { WindowLeft } from '../window';
import { ChosenList } from './ChosenList';
import { isDrawn, withLists } from './completion';
import type { ComposerProps } from './Composer';
import { isSend, switchEnter, useEnterSends } from './enter';
import type { ExtraName } from './extras/Extra';
import { usePresence } from './presence';
import { Replying } from './Replying';
import { Strip } from './Strip';
import { Tools } from './Tools';
import { useExtraCommands } from './useExtraCommands';
import { LIMIT, missingTitle, useWriting, type WritingState } from './useWriting';
import classes from './Composer.module.css';

const Extra = lazy(() => import('./extras/Extra'));
const Suggestions = lazy(() => import('./extras/Suggestions'));

interface WritingProps extends ComposerProps {
  left: WindowLeft;
}

/** Where the style sheet lets a field grow with its words, nothing has to be measured for it. */
const GROWS = CSS.supports('field-sizing', 'content');
const NEAR = 400;
const TYPING_MS = 4000;
const MARKS: Record<string, string> = { b: '*', i: '_', e: '`' };

export function Writing(props: WritingProps) {
  const { conversation, files, replyTo, onReply, left } = props;
  const { id } = conversation;
  const now = useNow();
  const field = useRef<HTMLTextAreaElement>(null);
  const keys = useRef<{ handleKey: (event: KeyboardEvent) => boolean }>(null);
  const writing = useWriting(props, field);
  const [extra, setExtra] = useState<ExtraName | null>(null);
  const enterSends = useEnterSends((state) => state.sends);
  usePresence(id, useIsTyping(writing.words) ? 'typing' : 'viewing');
  useExtraCommands(setExtra);
  useEffect(() => { if (!isWalking() && matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true }); }, []);
  const handleKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word: it must not send.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (writing.asked && keys.current?.handleKey(event)) return;
    const sign = event.ctrlKey || event.metaKey ? MARKS[event.key.toLowerCase()] : undefined;
    if (sign && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      writing.mark(sign);
    } else if (isSend(event, enterSends)) {
      event.preventDefault();
      // Asked once: the second Enter means it.
      void writing.submit(writing.answered !== null);
    } else if (event.key === 'Escape') {
      handleEscape(event);
    }
  };
  const handleEscape = (event: KeyboardEvent) => {
    if (writing.asked) writing.dismiss();
    else if (extra) setExtra(null);
    else if (replyTo) onReply(null);
    else if (event.target instanceof HTMLElement) event.target.blur();
  };
  const handlePaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    // Spreadsheets put a picture beside the words: the words are meant.
    if (pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    files.add(pasted);
  };
  const handleChange = (event: ChangeEvent<HTMLTextAreaElement>) => { writing.write(event.currentTarget.value, event.currentTarget.selectionStart); };
  const close = () => { setExtra(null); field.current?.focus({ preventScroll: true }); };
  return (
    <footer className={classes.composer}>
      {writing.asked ? <Suspense><Suggestions ref={keys} asked={writing.asked} onInsert={writing.insert} onReply={(reply, from) => { void writing.use(reply, from); }} /></Suspense> : null}
      {replyTo ? <Replying message={replyTo} customer={nameOf(conversation.contact)} onCancel={() => { onReply(null); }} /> : null}
      <Questions writing={writing} />
      <ChosenList files={files} />
      {extra ? <Suspense><Extra name={extra} conversation={conversation} writing={writing} files={files} replyTo={replyTo} onReply={onReply} onClose={close} onSent={props.onSent} /></Suspense> : null}
      <div className={classes.row} hidden={extra === 'voice'}>
        <Tools conversationId={id} files={files} extra={extra} onExtra={setExtra} />
        <Textarea
          ref={field} id="composer" className={classes.input} variant="unstyled" autosize={!GROWS} minRows={1} maxRows={9} rows={1} dir="auto"
          aria-label={t('inbox.composer.label')} placeholder={t('inbox.composer.placeholder')} value={writing.words} enterKeyHint={enterSends ? 'send' : 'enter'} autoCapitalize="sentences"
          onChange={handleChange} onKeyDown={handleKey} onPaste={handlePaste} onSelect={(event) => { writing.move(event.currentTarget.selectionStart); }}
          aria-invalid={writing.over || undefined} aria-describedby="composer-foot"
        />
        {writing.words === '' && files.chosen.length === 0
          ? <IconButton label={t('composer.voice')} size={32} side="top" onClick={() => { setExtra('voice'); }}><IconMicrophone size={17} stroke={1.7} /></IconButton>
          : null}
        <IconButton label={t('inbox.composer.send')} size={32} side="top" filled disabled={!writing.ready} onClick={() => { void writing.submit(writing.answered !== null); }}><IconSend2 size={16} /></IconButton>
      </div>
      {isDrawn(writing.words) ? <div className={classes.preview} role="note" aria-label={t('composer.preview')}><Markup text={withLists(writing.words)} /></div> : null}
      <div id="composer-foot" className={classes.foot}>
        <ModeSwitch conversationId={id} />
        <button type="button" className={classes.hint} title={t('composer.enterSwitch')} onClick={switchEnter}>{t(enterSends ? 'composer.enterSends' : 'composer.enterLines')}</button>
        {writing.over ? <span data-bad>{t('inbox.composer.tooLong', { limit: LIMIT, count: writing.words.length })}</span> : null}
        {!writing.over && writing.words.length > LIMIT - NEAR ? <span>{t('inbox.composer.remaining', { count: LIMIT - writing.words.length })}</span> : null}
        <FreeEntry until={conversation.free_entry_until} now={now} />
        <span data-low={left.low || undefined} title={t('inbox.window.chip', { left: left.long })}>{t('inbox.window.left', { left: left.long })}</span>
      </div>
    </footer>
  );
}

/** What has to be decided first. */
function Questions({ writing: { answered, missing, submit, goOn } }: { writing: WritingState }) {
  return (
    <>
      {answered ? (
        <Strip
          title={t('composer.answered.title', { name: calm(answered.sender?.name ?? '') })}
          actions={<><button type="button" onClick={() => { void submit(true); }}>{t('composer.answered.send')}</button><button type="button" onClick={goOn}>{t('composer.answered.keep')}</button></>}
        >
          <bdi>{previewOf(answered)}</bdi>
        </Strip>
      ) : null}
      {missing.length > 0 ? <Strip title={missingTitle(missing)}>{t('composer.missing.help')}</Strip> : null}
    </>
  );
}

/** Typing is what happened within the last seconds, not that there are words. */
function useIsTyping(words: string): boolean {
  const [at, setAt] = useState<string | null>(null);
  const first = useRef(words);
  useEffect(() => {
    if (words === first.current) return undefined;
    first.current = words;
    const begin = window.setTimeout(() => { setAt(words === '' ? null : words); }, 0);
    const end = window.setTimeout(() => { setAt(null); }, TYPING_MS);
    return () => {
      window.clearTimeout(begin);
      window.clearTimeout(end);
    };
  }, [words]);
  return at !== null;
}

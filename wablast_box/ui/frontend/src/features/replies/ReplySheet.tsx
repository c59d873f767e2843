import { useQuery } from '@tanstack/react-query';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import type { CannedReply } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Fields, LongTextField, SwitchField, TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconPaperclip, IconX } from '@/design/icons';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { bytes } from '@/lib/bytes';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast, toastError } from '@/lib/toasts';
import { ACCEPT, checkFile } from '@/features/inbox/files';
import { upload } from '@/features/inbox/upload';
import { Sample } from './Sample';
import { ownFieldsQuery, useDeleteReply, useSaveReply } from './queries';
import { VARIABLES } from './variables';
import classes from './Replies.module.css';

interface ReplySheetProps {
  reply: CannedReply | null;
  mayShare: boolean;
  onClose: () => void;
}

interface AttachedFile {
  id: string;
  name: string;
  size: number;
}

const LONGEST = 4096;

export function ReplySheet({ reply, mayShare, onClose }: ReplySheetProps) {
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [shared, setShared] = useState(reply?.shared ?? false);
  const [file, setFile] = useState<AttachedFile | null>(reply?.media ? { id: reply.media.id, name: reply.media.filename ?? '', size: reply.media.size } : null);
  const [doomed, setDoomed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { data: own = [] } = useQuery(ownFieldsQuery);
  const save = useSaveReply(reply?.id ?? null);
  const remove = useDeleteReply();
  const problem = formProblem(save.error, ['shortcut', 'text']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const words = { shortcut, text, shared, media_id: file?.id ?? null, fileChanged: (file?.id ?? null) !== (reply?.media?.id ?? null) };
    save.mutate(words, { onSuccess: (saved) => { toast({ tone: 'good', title: t('composer.canned.saved', { shortcut: saved.shortcut }) }); onClose(); } });
  };
  const handleInsert = (name: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    const before = `${text.slice(0, selectionStart)}{{${name}}}`;
    setText(before + text.slice(selectionEnd));
    requestAnimationFrame(() => { field.current?.focus(); field.current?.setSelectionRange(before.length, before.length); });
  };
  const handleDelete = () => {
    if (reply) remove.mutate(reply.id, { onSuccess: () => { toast({ tone: 'good', title: t('composer.canned.removed', { shortcut: reply.shortcut }) }); onClose(); } });
  };
  return (
    <Sheet
      title={reply ? t('composer.canned.edit', { shortcut: calm(reply.shortcut) }) : t('composer.canned.make')}
      opened
      onClose={onClose}
      size={520}
      footer={<>{reply ? <Button kind="quiet" onClick={() => { setDoomed(true); }}>{t('composer.canned.remove')}</Button> : null}<Button type="submit" form="reply" loading={save.isPending}>{t('composer.canned.save')}</Button></>}
    >
      <form id="reply" onSubmit={handleSubmit}>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <TextField label={t('composer.canned.shortcut')} description={t('composer.canned.shortcutHelp')} data-autofocus maxLength={33} autoCapitalize="none" spellCheck={false} value={shortcut} error={fieldProblem(save.error, 'shortcut')} onChange={(event) => { setShortcut(event.currentTarget.value); }} />
          <LongTextField ref={field} label={t('composer.canned.text')} description={t('composer.canned.textHelp')} dir="auto" minRows={4} maxLength={LONGEST} value={text} error={fieldProblem(save.error, 'text')} onChange={(event) => { setText(event.currentTarget.value); }} />
          <div className={classes.variables} role="group" aria-label={t('composer.canned.variables')}>
            {VARIABLES.map(({ name, label }) => <button key={name} type="button" title={`{{${name}}}`} onClick={() => { handleInsert(name); }}>{t(`composer.canned.names.${label}`)}</button>)}
            {own.map(({ name, label }) => <button key={name} type="button" title={`{{${name}}}`} onClick={() => { handleInsert(name); }}><bdi>{calm(label)}</bdi></button>)}
          </div>
          <FileField file={file} onFile={setFile} />
          <SwitchField label={t('composer.canned.shared')} description={t('composer.canned.sharedHelp')} checked={shared} disabled={!mayShare} onChange={(event) => { setShared(event.currentTarget.checked); }} />
        </Fields>
        {text.trim() === '' ? null : <Sample text={text} />}
      </form>
      {reply && doomed ? (
        <AskFirst opened onClose={() => { setDoomed(false); }} title={t('composer.canned.removeTitle', { shortcut: calm(reply.shortcut) })} confirm={t('composer.canned.remove')} onConfirm={handleDelete} busy={remove.isPending} error={remove.error}>{t('composer.canned.removeHelp')}</AskFirst>
      ) : null}
    </Sheet>
  );
}

interface FileFieldProps {
  file: AttachedFile | null;
  onFile: (file: AttachedFile | null) => void;
}

function FileField({ file, onFile }: FileFieldProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (!chosen) return;
    const checked = checkFile(chosen);
    if ('refused' in checked) {
      toast({ tone: 'bad', title: checked.refused });
      return;
    }
    setBusy(true);
    upload(chosen, () => undefined).then(({ id }) => { onFile({ id, name: chosen.name, size: chosen.size }); }, toastError).finally(() => { setBusy(false); });
  };
  return (
    <div className={classes.file}>
      <input ref={picker} type="file" hidden accept={ACCEPT} aria-label={t('composer.canned.attach')} onChange={handlePick} />
      {file ? (
        <>
          <IconPaperclip size={15} aria-hidden /> <span><bdi>{calm(file.name)}</bdi> <small>{bytes(file.size)}</small></span>
          <IconButton label={t('composer.canned.removeFile')} size={24} onClick={() => { onFile(null); }}><IconX size={14} /></IconButton>
        </>
      ) : <Button kind="quiet" leftSection={<IconPaperclip size={14} />} loading={busy} onClick={() => { picker.current?.click(); }}>{t('composer.canned.attach')}</Button>}
    </div>
  );
}

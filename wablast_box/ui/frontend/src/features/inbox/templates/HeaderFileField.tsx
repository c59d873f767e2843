import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { IconPaperclip, IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { checkFile } from '../files';
import { upload } from '../upload';
import type { HeaderFile } from './values';
import classes from './Picker.module.css';

interface HeaderFileFieldProps {
  name: string;
  kind: string;
  file: HeaderFile | null;
  error: string | undefined;
  onFile: (file: HeaderFile | null) => void;
}

const TAKES: Record<string, string> = { image: 'image/jpeg,image/png', video: 'video/mp4,video/3gpp', document: 'application/pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt' };

/** The picture, video or document of the header or of a card: checked before a byte is sent, uploaded at once. */
export function HeaderFileField({ name, kind, file, error, onFile }: HeaderFileFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [refused, setRefused] = useState<string>();
  const preview = file?.preview ?? null;
  useEffect(() => () => { if (preview) URL.revokeObjectURL(preview); }, [preview]);
  const take = async (chosen: File) => {
    const checked = checkFile(chosen);
    if ('refused' in checked || (checked.kind !== kind && kind !== 'document')) {
      setRefused('refused' in checked ? checked.refused : t('templates.fill.wrongFile', { name: calm(chosen.name) }));
      return;
    }
    setRefused(undefined);
    setProgress(0);
    try {
      const saved = await upload(chosen, setProgress);
      onFile({ id: saved.id, name: chosen.name, preview: checked.kind === 'image' ? URL.createObjectURL(chosen) : null });
    } catch (failed) {
      setRefused(problemOf(failed).message);
    } finally {
      setProgress(null);
    }
  };
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (chosen) void take(chosen);
  };
  const said = refused ?? error;
  const known = kind === 'image' || kind === 'video' ? kind : 'document';
  return (
    <div className={classes.fileField}>
      <span id={id}>{t(`templates.header.${known}`)}</span>
      <input ref={input} type="file" hidden accept={TAKES[kind]} onChange={handlePick} tabIndex={-1} aria-labelledby={id} />
      {file ? (
        <div className={classes.chosenFile}><bdi>{calm(file.name)}</bdi><IconButton label={t('inbox.composer.remove', { name: file.name })} size={22} onClick={() => { onFile(null); }}><IconX size={13} /></IconButton></div>
      ) : (
        <Button kind="quiet" name={name} leftSection={<IconPaperclip size={14} />} loading={progress !== null} aria-describedby={said ? `${id}-said` : undefined} onClick={() => { input.current?.click(); }}>{t('templates.fill.choose')}</Button>
      )}
      {said ? <p id={`${id}-said`} role="alert">{said}</p> : null}
    </div>
  );
}

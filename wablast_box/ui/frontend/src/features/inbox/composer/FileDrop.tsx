import { type DragEvent, type ReactNode, useState } from 'react';
import { IconPaperclip } from '@/design/icons';
import { t } from '@/lib/i18n';
import classes from './Composer.module.css';

interface FileDropProps {
  enabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Files may be dropped anywhere on the conversation. */
export function FileDrop({ enabled, onFiles, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  const handleOver = (event: DragEvent) => {
    if (!enabled || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const handleDrop = (event: DragEvent) => {
    if (!enabled) return;
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div className={classes.drop} onDragOver={handleOver} onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) setOver(false); }} onDrop={handleDrop}>
      {children}
      {over ? <div className={classes.dropHint} aria-hidden><IconPaperclip size={26} stroke={1.5} /><b>{t('inbox.thread.dropTitle')}</b><span>{t('inbox.thread.dropHelp')}</span></div> : null}
    </div>
  );
}

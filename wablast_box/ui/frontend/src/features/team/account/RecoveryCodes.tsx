import { useState } from 'react';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { IconCheck, IconCopy, IconDownload } from '@/design/icons';
import { t } from '@/lib/i18n';
import classes from './Account.module.css';

interface RecoveryCodesProps {
  codes: readonly string[];
  onClose: () => void;
}

/** Ten codes, shown this once. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  const [copied, setCopied] = useState(false);
  const text = codes.join('\n');
  const handleCopy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const handleSave = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = t('access.second.codesFile');
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Dialog title={t('access.second.codesTitle')} onClose={onClose} size={460}>
      <p className={classes.words}>{t('access.second.codesHelp')} {t('access.second.codesKeep')}</p>
      <ol className={classes.codes} tabIndex={0} aria-label={t('access.second.codes')}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ol>
      <div className={classes.codeActions}>
        <Button kind="quiet" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={() => { void handleCopy(); }}><span aria-live="polite">{copied ? t('common.copied') : t('access.second.codesCopy')}</span></Button>
        <Button kind="quiet" leftSection={<IconDownload size={14} />} onClick={handleSave}>{t('access.second.codesSave')}</Button>
        <Button onClick={onClose}>{t('access.second.codesDone')}</Button>
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { t } from '@/lib/i18n';
import classes from './CopyText.module.css';
import { IconButton } from './IconButton';
import { IconCheck, IconCopy } from './icons';

interface CopyTextProps {
  text: string;
  label: string;
}

/** An id, an address or a key, set in mono, with a button that copies it. */
export function CopyText({ text, label }: CopyTextProps) {
  const [copied, setCopied] = useState(false);
  const handleCopy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => { setCopied(false); }, 1500);
  };
  return (
    <span className={classes.copy}>
      <code>{text}</code>
      <IconButton label={copied ? t('common.copied') : `${t('common.copy')}: ${label}`} size={22} onClick={() => { void handleCopy(); }}>
        {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </IconButton>
    </span>
  );
}

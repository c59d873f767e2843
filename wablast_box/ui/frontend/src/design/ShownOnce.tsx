import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '@/lib/i18n';
import { Button } from './Button';
import { IconCheck, IconCopy } from './icons';
import classes from './ShownOnce.module.css';

interface ShownOnceProps {
  label: string;
  text: string;
  children: ReactNode;
}

/** A secret that the box shows now and never again: large, whole, one press to copy. */
export function ShownOnce({ label, text, children }: ShownOnceProps) {
  const [copied, setCopied] = useState(false);
  const handleCopy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className={classes.once}>
      <p className={classes.label}>{label}</p>
      <code tabIndex={0} aria-label={label}>{text}</code>
      <div className={classes.foot}>
        <p>{children}</p>
        <Button leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={() => { void handleCopy(); }}>
          <span aria-live="polite">{copied ? t('common.copied') : t('common.copy')}</span>
        </Button>
      </div>
    </div>
  );
}

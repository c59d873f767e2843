import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemOf } from '@/api/errors';
import { t } from '@/lib/i18n';
import { Button } from './Button';
import { Notice } from './Notice';
import { useReturnFocus } from './useReturnFocus';
import classes from './AskFirst.module.css';

interface AskFirstProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What it means for them; never only "are you sure". */
  children: ReactNode;
  /** The verb on the button. */
  confirm: string;
  onConfirm: () => void;
  busy?: boolean;
  error?: unknown;
  danger?: boolean;
}

/** Asks once before something that cannot be taken back. The way out has the focus. */
export function AskFirst({ opened, onClose, title, children, confirm, onConfirm, busy = false, error, danger = true }: AskFirstProps) {
  useReturnFocus(opened);
  const problem = error ? problemOf(error) : null;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={440} centered classNames={{ title: classes.title }} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className={classes.words}>{children}</div>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      <div className={classes.actions}>
        <Button kind="quiet" onClick={onClose} data-autofocus>{t('common.cancel')}</Button>
        <Button kind={danger ? 'danger' : 'primary'} loading={busy} onClick={onConfirm}>{confirm}</Button>
      </div>
    </Modal>
  );
}

import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n';
import classes from './Dialog.module.css';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  size?: number | 'auto';
  /** Pictures want the room behind them dark. */
  dim?: boolean;
}

/** A window in front of everything, for a moment. */
export function Dialog({ title, onClose, children, size = 480, dim }: DialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      centered={dim}
      yOffset={80}
      radius="md"
      closeButtonProps={{ 'aria-label': t('common.close'), size: 28 }}
      overlayProps={{ backgroundOpacity: dim ? 0.72 : 0.35, blur: 0 }}
      transitionProps={{ duration: 120, transition: 'pop' }}
      classNames={{ title: classes.title, header: classes.header, body: classes.body }}
    >
      {children}
    </Modal>
  );
}

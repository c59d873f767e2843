import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { useReturnFocus } from './useReturnFocus';
import classes from './Sheet.module.css';

interface SheetProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot; they stay in sight while the content scrolls. */
  footer?: ReactNode;
  size?: number;
}

/** A sheet from the right: for making or changing one thing without losing the list behind it. */
export function Sheet({ title, opened, onClose, children, footer, size = 420 }: SheetProps) {
  useReturnFocus(opened);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size={size}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{ title: classes.title, body: classes.body, content: classes.content, header: classes.header }}
    >
      <div className={classes.scroll}>{children}</div>
      {footer ? <div className={classes.footer}>{footer}</div> : null}
    </Drawer>
  );
}

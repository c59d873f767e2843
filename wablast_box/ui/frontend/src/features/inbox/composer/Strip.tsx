import type { ReactNode } from 'react';
import { IconAlertTriangle } from '@/design/icons';
import classes from './Composer.module.css';

interface StripProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** Something to decide before the message goes, right above the words it is about. */
export function Strip({ title, children, actions }: StripProps) {
  return (
    <div className={classes.strip} role="alert">
      <IconAlertTriangle size={15} aria-hidden />
      <div><b>{title}</b>{children ? <span>{children}</span> : null}</div>
      {actions ? <span className={classes.stripActions}>{actions}</span> : null}
    </div>
  );
}

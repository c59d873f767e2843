import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  help?: ReactNode;
  /** What to do now. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, help, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon ? <span className={classes.icon} aria-hidden>{icon}</span> : null}
      <p className={classes.title}>{title}</p>
      {help ? <div className={classes.help}>{help}</div> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}

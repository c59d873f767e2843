import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface PageHeaderProps {
  title: string;
  help?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, help, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <h1>{title}</h1>
        {help ? <p>{help}</p> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </header>
  );
}

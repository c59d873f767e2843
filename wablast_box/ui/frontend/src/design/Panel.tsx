import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface PanelProps {
  title?: string;
  help?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page, set off by a hairline and not by a box. */
export function Panel({ title, help, actions, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      {title ? (
        <header className={classes.panelHead}>
          <div>
            <h2>{title}</h2>
            {help ? <p>{help}</p> : null}
          </div>
          {actions ? <div className={classes.actions}>{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}

interface PageProps {
  children: ReactNode;
  /** Wide pages hold tables, narrow ones hold forms. */
  width?: 'narrow' | 'wide';
}

export function Page({ children, width = 'narrow' }: PageProps) {
  return (
    <div className={classes.page}>
      <div className={classes.column} data-width={width}>{children}</div>
    </div>
  );
}

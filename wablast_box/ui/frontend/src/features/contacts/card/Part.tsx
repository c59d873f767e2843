import type { ReactNode } from 'react';
import classes from './Card.module.css';

interface PartProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of the card: a quiet heading, perhaps something to do with it, and what is known. */
export function Part({ title, action, children }: PartProps) {
  return (
    <section className={classes.part} aria-label={title}>
      <div className={classes.partHead}><h4>{title}</h4>{action}</div>
      {children}
    </section>
  );
}

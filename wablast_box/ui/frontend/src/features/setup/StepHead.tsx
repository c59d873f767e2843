import type { ReactNode } from 'react';
import classes from './Setup.module.css';

interface StepHeadProps {
  title: string;
  help: ReactNode;
}

export function StepHead({ title, help }: StepHeadProps) {
  return (
    <header className={classes.head}>
      <h1>{title}</h1>
      <p>{help}</p>
    </header>
  );
}

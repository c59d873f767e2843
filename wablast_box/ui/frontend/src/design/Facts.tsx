import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface FactsProps {
  items: { label: string; value: ReactNode }[];
}

/** Names and values, aligned. What is empty is left out. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {items.filter((item) => item.value !== null && item.value !== undefined && item.value !== '').map((item) => [
        <dt key={`${item.label}-label`}>{item.label}</dt>,
        <dd key={item.label}>{item.value}</dd>,
      ])}
    </dl>
  );
}

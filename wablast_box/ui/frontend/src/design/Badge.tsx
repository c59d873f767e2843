import type { ReactNode } from 'react';
import classes from './Badge.module.css';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'logic';

interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
}

export function Badge({ tone = 'plain', icon, title, children }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  );
}

import type { ReactNode } from 'react';
import classes from './Notice.module.css';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from './icons';

interface NoticeProps {
  tone: 'info' | 'good' | 'warn' | 'bad';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

const ICONS = { info: IconInfoCircle, good: IconCircleCheck, warn: IconAlertTriangle, bad: IconAlertTriangle };

/** One sentence that matters, in the flow of a page. */
export function Notice({ tone, title, children, action }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <div className={classes.words}>
        <strong>{title}</strong>
        {children ? <div>{children}</div> : null}
      </div>
      {action}
    </div>
  );
}

import type { ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { DoorScene } from './DoorScene';
import classes from './Door.module.css';

interface DoorProps {
  title: string;
  help?: ReactNode;
  children?: ReactNode;
  /** A quiet line under the form. */
  foot?: ReactNode;
}

/** The screens in front of the shell: signing in, choosing a password. One thing to do, and a glimpse of the counter behind. */
export function Door({ title, help, children, foot }: DoorProps) {
  return (
    <div className={classes.door}>
      <DoorScene />
      <main className={classes.main}>
        <div className={classes.sheet}>
          <p className={classes.brand}>
            <img src="/icon.svg" alt="" width={32} height={32} />
            {t('common.product')}
          </p>
          <h1>{title}</h1>
          {help ? <div className={classes.help}>{help}</div> : null}
          {children ? <div className={classes.body}>{children}</div> : null}
          {foot ? <div className={classes.foot}>{foot}</div> : null}
        </div>
      </main>
    </div>
  );
}

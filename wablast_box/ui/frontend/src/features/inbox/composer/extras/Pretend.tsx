import type { ReactNode } from 'react';
import { t } from '@/lib/i18n';
import classes from './Extras.module.css';

interface PretendProps {
  children: ReactNode;
}

/** The message before it is one: drawn as the customer will see it. */
export function Pretend({ children }: PretendProps) {
  return (
    <section className={classes.pretend} aria-label={t('composer.preview')}>
      <h3>{t('composer.preview')}</h3>
      <div className={classes.wall}><div className={classes.bubble}>{children}</div></div>
    </section>
  );
}

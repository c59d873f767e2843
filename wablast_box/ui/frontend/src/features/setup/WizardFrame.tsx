import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSession } from '@/api/session';
import type { Setup } from '@/api/types';
import { IconChecks } from '@/design/icons';
import { t } from '@/lib/i18n';
import { isDone, type Step, STEPS } from './steps';
import classes from './Wizard.module.css';

interface WizardFrameProps {
  step: Step;
  /** Absent before there is an owner. */
  setup?: Setup;
  children: ReactNode;
}

/** The way through the set-up at the side, the step itself beside it. Done steps wear the ticks of a read message. */
export function WizardFrame({ step, setup, children }: WizardFrameProps) {
  const { version, signed_in: signedIn } = useSession();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // A new step begins at its top, for eyes and for screen readers.
    if (!first.current) main.current?.focus();
    first.current = false;
    main.current?.scrollTo({ top: 0 });
  }, [step]);
  const at = STEPS.indexOf(step) + 1;
  return (
    <div className={classes.frame}>
      <header className={classes.side}>
        <p className={classes.brand}><img src="/icon.svg" alt="" width={34} height={34} />{t('common.product')}</p>
        <p className={classes.progress} role="status">{t('setup.progress', { at, of: STEPS.length, title: t(`setup.steps.${step}`) })}</p>
        <nav aria-label={t('setup.steps.label')}>
          <ol className={classes.steps}>
            {STEPS.map((one, index) => <StepLine key={one} step={one} number={index + 1} isCurrent={one === step} isDone={setup ? isDone(setup, one) : false} isOpen={Boolean(setup) && one !== 'owner'} />)}
          </ol>
        </nav>
        <div className={classes.leave}>
          {signedIn && !setup?.finished_at ? <Link to="/inbox">{t('setup.later')}</Link> : null}
          <span>{t('shell.status.version', { version })}</span>
        </div>
      </header>
      <main ref={main} className={classes.main} tabIndex={-1}>
        <div className={classes.column}>{children}</div>
      </main>
    </div>
  );
}

interface StepLineProps {
  step: Step;
  number: number;
  isCurrent: boolean;
  isDone: boolean;
  isOpen: boolean;
}

function StepLine({ step, number, isCurrent, isDone: done, isOpen }: StepLineProps) {
  const mark = done ? <IconChecks size={17} stroke={2} aria-hidden /> : <span aria-hidden>{number}</span>;
  const words = (
    <>
      <span className={classes.mark}>{mark}</span>
      {t(`setup.steps.${step}`)}
      {done ? <span className="hidden-text">{t('setup.steps.done')}</span> : null}
    </>
  );
  return (
    <li data-current={isCurrent ? true : undefined} data-done={done ? true : undefined} aria-current={isCurrent ? 'step' : undefined}>
      {isOpen && !isCurrent ? <Link to="/setup" search={{ step }}>{words}</Link> : <span>{words}</span>}
    </li>
  );
}

import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { problemOf } from '@/api/errors';
import { useMay, useSession } from '@/api/session';
import type { Setup } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Button } from '@/design/Button';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { CheckLine } from './CheckLine';
import { CredentialField } from './CredentialField';
import { ask, changesOf, claimDrafts, settle, useDrafts } from './drafts';
import { type NumberChange, useRunChecks, useSaveNumber } from './queries';
import { refusalOf } from './refusals';
import { type Credential, CREDENTIALS, isAccepted, isCredential, isNumberReady, isStored } from './steps';
import classes from './Setup.module.css';

interface CredentialsFormProps {
  setup: Setup;
  /** What stands beside the button once Meta accepts everything. */
  after?: ReactNode;
}

/** The five credentials, saved and checked together. What Meta refuses stays in its field. */
export function CredentialsForm({ setup, after }: CredentialsFormProps) {
  const { user } = useSession();
  useLayoutEffect(() => { if (user) claimDrafts(user.id); }, [user]);
  const typed = useDrafts((drafts) => drafts.typed);
  const readOnly = !useMay('integrations.write');
  const mayTest = useMay('integrations.test');
  const save = useSaveNumber();
  const recheck = useRunChecks();
  useFirstLook(setup, mayTest, () => { recheck.mutate(undefined); });
  const changes = changesOf(setup, typed);
  const isDirty = Object.keys(changes).length > 0;
  const pending = save.isPending || recheck.isPending;
  const isReady = isNumberReady(setup) && !isDirty && !pending;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty) {
      ask(changes);
      save.mutate(changes, { onSuccess: settle });
    } else recheck.mutate(undefined);
  };
  const error = isDirty ? save.error : recheck.error;
  const refused = error && !isUnconfirmed(error) ? problemOf(error) : null;
  const problem = refused && isCredential(refused.field ?? '') ? null : refused;
  const others = setup.checks.filter((check) => !isCredential(check.name) && check.name !== 'subscription');
  return (
    <form onSubmit={handleSubmit} className={classes.form}>
      {readOnly ? <Notice tone="info" title={t('setup.number.onlyOwner')} /> : null}
      {CREDENTIALS.map((name) => (
        <CredentialField key={name} name={name} setup={setup} pending={pending && isAsked(name, setup, changes)} refused={refused ? refusalOf(refused, name) : null} readOnly={readOnly} />
      ))}
      {others.map((check) => <CheckLine key={check.name} check={check} pending={pending} />)}
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      {isReady && isAccepted(setup) ? <Notice tone="good" title={t('setup.number.allGood')} /> : null}
      <footer className={classes.foot}>
        {mayTest || !readOnly ? <Button type="submit" size="sm" kind={isReady && after ? 'quiet' : 'primary'} loading={pending}>{isDirty ? t('setup.number.save') : t('setup.number.check')}</Button> : null}
        {setup.checked_at && !isDirty && !pending ? <span className={classes.asked}>{t('setup.page.checked')} <Ago at={setup.checked_at} /></span> : null}
        {isReady ? after : null}
      </footer>
    </form>
  );
}

/** What was stored without asking Meta is asked about once, when somebody looks. */
function useFirstLook(setup: Setup, mayTest: boolean, look: () => void): void {
  const asked = useRef(false);
  useEffect(() => {
    const isUnknown = isNumberReady(setup) && setup.checks.every((check) => check.ok === null);
    if (asked.current || !mayTest || !isUnknown) return;
    asked.current = true;
    look();
  });
}

/** Only what is there can be asked about; the verify token is our own and Meta knows nothing of it. */
const isAsked = (name: Credential, setup: Setup, changes: NumberChange): boolean =>
  name !== 'verify_token' && (name in changes || isStored(setup, name));

import { useEffect } from 'react';
import { Ago } from '@/design/Ago';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { SecretField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import type { FieldProblem, Setup } from '@/api/types';
import { CheckLine } from './CheckLine';
import { isFresh, makeVerifyToken, useDrafts, write } from './drafts';
import { FormerSecret } from './FormerSecret';
import { checkOf, type Credential, isStored } from './steps';
import classes from './Setup.module.css';

interface CredentialFieldProps {
  name: Credential;
  setup: Setup;
  pending: boolean;
  /** The box refused what was typed here, in these words. */
  refused: FieldProblem | null;
  readOnly: boolean;
}

/** One thing from Meta's pages: where to find it, what is stored, what was typed, what Meta says of it. */
export function CredentialField({ name, setup, pending, refused, readOnly }: CredentialFieldProps) {
  const drafts = useDrafts();
  const fresh = isFresh(name, drafts);
  const isWrong = refused !== null && fresh;
  // What Meta was asked about before says nothing of what is typed now, and nothing of what is not there.
  const stored = isStored(setup, name) && drafts.typed[name] === undefined ? checkOf(setup, name) : undefined;
  const check = isWrong ? { name, ok: false, title: refused.message, help: refused.help } : stored;
  return (
    <div className={classes.credential}>
      {name === 'verify_token' ? <VerifyToken setup={setup} readOnly={readOnly} /> : <Typed name={name} setup={setup} isWrong={isWrong} readOnly={readOnly} />}
      <CheckLine check={check} pending={pending} />
      {name === 'app_secret' && setup.number.previous_app_secret_until ? <FormerSecret until={setup.number.previous_app_secret_until} readOnly={readOnly} /> : null}
    </div>
  );
}

interface TypedProps {
  name: Exclude<Credential, 'verify_token'>;
  setup: Setup;
  isWrong: boolean;
  readOnly: boolean;
}

function Typed({ name, setup, isWrong, readOnly }: TypedProps) {
  const typed = useDrafts((drafts) => drafts.typed[name]);
  const stored = setup.number[name];
  const shared = { label: t(`setup.number.fields.${name}`), description: t(`setup.number.where.${name}`), error: isWrong, disabled: readOnly };
  if (typeof stored === 'string' || stored === null) {
    return <TextField {...shared} inputMode="numeric" autoComplete="off" spellCheck={false} className={classes.mono} value={typed ?? stored ?? ''} onChange={(event) => { write(name, event.currentTarget.value); }} />;
  }
  if (stored.set && typed === undefined) return <Stored name={name} last4={stored.last4} updatedAt={stored.updated_at} readOnly={readOnly} onReplace={() => { write(name, ''); }} />;
  return (
    <div>
      <SecretField {...shared} spellCheck={false} className={classes.mono} value={typed ?? ''} onChange={(event) => { write(name, event.currentTarget.value); }} />
      {stored.set ? <Button kind="link" onClick={() => { write(name, undefined); }}>{t('setup.number.keep')}</Button> : null}
    </div>
  );
}

interface StoredProps {
  name: Credential;
  last4: string | null;
  updatedAt: string | null;
  readOnly: boolean;
  onReplace: () => void;
  action?: string;
}

function Stored({ name, last4, updatedAt, readOnly, onReplace, action = t('setup.number.replace') }: StoredProps) {
  const what = t(`setup.number.fields.${name}`);
  return (
    <div className={classes.stored}>
      <div>
        <strong>{what}</strong>
        <span>
          {last4 ? t('setup.number.stored', { last4 }) : t('setup.number.storedPlain')}
          {updatedAt ? <>, {t('setup.number.changed', { when: '' })}<Ago at={updatedAt} /></> : null}
        </span>
      </div>
      {readOnly ? null : <Button kind="quiet" aria-label={t('setup.number.replaceLabel', { what })} onClick={onReplace}>{action}</Button>}
    </div>
  );
}

/** Nobody has to invent this one: it is made here, shown to be copied, and sent with the rest. */
function VerifyToken({ setup, readOnly }: Pick<TypedProps, 'setup' | 'readOnly'>) {
  const stored = setup.number.verify_token;
  const typed = useDrafts((drafts) => drafts.typed.verify_token);
  const made = useDrafts((drafts) => drafts.verifyToken);
  const shown = typed ?? made ?? undefined;
  const isMissing = shown === undefined && !stored.set && !readOnly;
  useEffect(() => { if (isMissing) write('verify_token', makeVerifyToken()); }, [isMissing]);
  if (shown === undefined || readOnly) {
    return <Stored name="verify_token" last4={stored.last4} updatedAt={stored.updated_at} readOnly={readOnly} action={t('setup.number.makeNew')} onReplace={() => { write('verify_token', makeVerifyToken()); }} />;
  }
  return (
    <div>
      <p className={classes.label}>{t('setup.number.fields.verify_token')}</p>
      <p className={classes.where}>{t('setup.number.where.verify_token')}</p>
      <div className={classes.made}><CopyText text={shown} label={t('setup.number.fields.verify_token')} /></div>
    </div>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemOf } from '@/api/errors';
import { sessionQuery } from '@/api/session';
import type { Session } from '@/api/types';
import { Button } from '@/design/Button';
import { Door } from '@/design/Door';
import { Fields, TextField } from '@/design/Field';
import { IconFingerprint } from '@/design/icons';
import { t } from '@/lib/i18n';
import { canUsePasskeys } from '../passkeys';
import { useWait, waitWords } from '../wait';
import { Refused } from './Refused';
import classes from './SignIn.module.css';
import { useSecondFactor, useSecondPasskey } from './ways';

type Method = 'totp' | 'passkey' | 'recovery';

interface SecondStepProps {
  session: Session;
  methods: readonly Method[];
  next: string | undefined;
}

/** The password was right: a code, a passkey or a recovery code is still to come. */
export function SecondStep({ session, methods, next }: SecondStepProps) {
  const usable = methods.filter((method) => method !== 'passkey' || (session.passkeys && canUsePasskeys()));
  const [method, setMethod] = useState<Method>(usable[0] ?? 'recovery');
  const client = useQueryClient();
  const handleAgain = () => { client.setQueryData(sessionQuery.queryKey, { ...session, second_factor: null }); };
  const others = usable.filter((one) => one !== method);
  const words: Record<Method, string> = { totp: t('access.signIn.useCode'), passkey: t('access.signIn.usePasskey'), recovery: t('access.signIn.useRecovery') };
  return (
    <Door title={t('access.signIn.secondTitle')} help={t('access.signIn.secondHelp')} foot={t('access.signIn.lost')}>
      {method === 'passkey' ? <ByPasskey next={next} /> : <ByCode key={method} method={method} next={next} />}
      <div className={classes.others}>
        {others.map((one) => <Button key={one} kind="link" onClick={() => { setMethod(one); }}>{words[one]}</Button>)}
        <Button kind="link" onClick={handleAgain}>{t('access.signIn.again')}</Button>
      </div>
    </Door>
  );
}

interface ByPasskeyProps {
  next: string | undefined;
}

function ByPasskey({ next }: ByPasskeyProps) {
  const prove = useSecondPasskey(next);
  return (
    <Fields>
      {prove.isError ? <Refused error={prove.error} left={0} /> : null}
      <Button size="sm" fullWidth autoFocus leftSection={<IconFingerprint size={18} stroke={1.6} />} loading={prove.isPending} onClick={() => { prove.mutate(); }}>{t('access.signIn.passkey')}</Button>
    </Fields>
  );
}

interface ByCodeProps {
  method: 'totp' | 'recovery';
  next: string | undefined;
}

function ByCode({ method, next }: ByCodeProps) {
  const [code, setCode] = useState('');
  const prove = useSecondFactor(next);
  const left = useWait(prove.error);
  const isApp = method === 'totp';
  const send = (typed: string) => { prove.mutate(isApp ? { code: typed } : { recovery_code: typed }, { onError: () => { setCode(''); } }); };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (left === 0 && code.trim()) send(code);
  };
  const isOver = prove.error && problemOf(prove.error).code === 'start_again';
  return (
    <form onSubmit={handleSubmit}>
      <Fields>
        {prove.isError ? <Refused error={prove.error} left={left} /> : null}
        <TextField
          label={isApp ? t('access.signIn.code') : t('access.signIn.recovery')}
          description={isApp ? t('access.signIn.codeHelp') : t('access.signIn.recoveryHelp')}
          size="sm"
          autoFocus
          required
          className={classes.code}
          inputMode={isApp ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={isApp ? 7 : 40}
          value={code}
          onChange={(event) => { setCode(event.currentTarget.value); }}
        />
        <Button type="submit" size="sm" fullWidth loading={prove.isPending} disabled={left > 0 || Boolean(isOver)}>
          {left > 0 ? t('team.signIn.waiting', { wait: waitWords(left) }) : t('access.signIn.submit')}
        </Button>
      </Fields>
    </form>
  );
}

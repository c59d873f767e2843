import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { OwnSecurity } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconDeviceMobile, IconNote } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Panel } from '@/design/Panel';
import { dateOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { toast, toastError } from '@/lib/toasts';
import classes from './Account.module.css';
import { AddApp } from './AddApp';
import { Passkeys } from './Passkeys';
import { ownSecurityQuery, useBeginApp, useNewCodes, useRemoveApp } from './queries';
import { RecoveryCodes } from './RecoveryCodes';

const tell = (error: unknown) => { if (!isUnconfirmed(error)) toastError(error); };

/** The authenticator app, passkeys and recovery codes of this person. */
export function SecondFactor() {
  const security = useQuery(ownSecurityQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Panel title={t('access.second.title')} help={t('access.second.help')}>
      <Loaded query={security}>
        {(own) => (
          <>
            <Due own={own} />
            <ul className={classes.factors}>
              <App own={own} onCodes={setCodes} />
              <Passkeys own={own} onCodes={setCodes} />
              {own.totp_since || own.passkeys.length > 0 ? <Codes own={own} onCodes={setCodes} /> : null}
            </ul>
          </>
        )}
      </Loaded>
      {codes ? <RecoveryCodes codes={codes} onClose={() => { setCodes(null); }} /> : null}
    </Panel>
  );
}

interface PartProps {
  own: OwnSecurity;
  onCodes: (codes: readonly string[]) => void;
}

function Due({ own }: Pick<PartProps, 'own'>) {
  const now = useNow();
  if (!own.due_at) return null;
  const isOver = new Date(own.due_at).getTime() <= now;
  return (
    <div className={classes.notice}>
      <Notice tone={isOver ? 'bad' : 'warn'} title={isOver ? t('access.second.overdue') : t('access.second.neededBy', { when: dateOf(own.due_at) })}>
        {isOver ? t('access.second.overdueHelp') : t('access.second.neededByHelp')}
      </Notice>
    </div>
  );
}

function App({ own, onCodes }: PartProps) {
  const [asking, setAsking] = useState(false);
  const begin = useBeginApp();
  const remove = useRemoveApp();
  const handleRemove = () => {
    remove.mutate(undefined, { onSuccess: () => { setAsking(false); toast({ tone: 'good', title: t('access.second.appRemoved') }); } });
  };
  return (
    <li className={classes.factor} data-on={own.totp_since ? true : undefined}>
      <IconDeviceMobile size={20} stroke={1.5} aria-hidden />
      <div>
        <strong>{t('access.second.app')}{own.totp_since ? <Badge tone="good">{t('access.second.appSince', { when: dateOf(own.totp_since) })}</Badge> : null}</strong>
        <p>{t('access.second.appHelp')}</p>
      </div>
      {own.totp_since
        ? <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('access.second.appRemove')}</Button>
        : <Button kind="quiet" loading={begin.isPending} onClick={() => { begin.mutate(undefined, { onError: tell }); }}>{t('access.second.appAdd')}</Button>}
      {begin.data && !own.totp_since ? <AddApp made={begin.data} onClose={begin.reset} onCodes={onCodes} /> : null}
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.second.appRemoveTitle')} confirm={t('access.second.appRemove')} onConfirm={handleRemove} busy={remove.isPending} error={isUnconfirmed(remove.error) ? null : remove.error}>
        {t('access.second.appRemoveHelp')}
      </AskFirst>
    </li>
  );
}

function Codes({ own, onCodes }: PartProps) {
  const [asking, setAsking] = useState(false);
  const make = useNewCodes();
  const handleMake = () => { make.mutate(undefined, { onSuccess: ({ codes }) => { setAsking(false); onCodes(codes); } }); };
  return (
    <li className={classes.factor} data-on={own.recovery_codes_left > 2 ? true : undefined}>
      <IconNote size={20} stroke={1.5} aria-hidden />
      <div>
        <strong>{t('access.second.codes')}{own.recovery_codes_left > 2 ? null : <Badge tone="warn">{plural('access.second.codesLeft', own.recovery_codes_left)}</Badge>}</strong>
        <p>{t('access.second.codesHelp')} {plural('access.second.codesLeft', own.recovery_codes_left)}.</p>
      </div>
      <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('access.second.codesNew')}</Button>
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.second.codesNewTitle')} confirm={t('access.second.codesNew')} onConfirm={handleMake} busy={make.isPending} error={isUnconfirmed(make.error) ? null : make.error} danger={false}>
        {t('access.second.codesNewHelp')}
      </AskFirst>
    </li>
  );
}

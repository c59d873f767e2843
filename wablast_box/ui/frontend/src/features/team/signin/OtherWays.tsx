import { useSession } from '@/api/session';
import { Button } from '@/design/Button';
import { IconBrandGoogle, IconFingerprint } from '@/design/icons';
import { t } from '@/lib/i18n';
import { canUsePasskeys } from '../passkeys';
import classes from './SignIn.module.css';
import { Refused } from './Refused';
import { useGoogleEntry, usePasskeyEntry } from './ways';

interface OtherWaysProps {
  next: string | undefined;
}

/** Without a password: only what works here is offered. */
export function OtherWays({ next }: OtherWaysProps) {
  const { google, passkeys } = useSession();
  const withGoogle = useGoogleEntry(next);
  const withPasskey = usePasskeyEntry(next);
  const hasPasskeys = passkeys && canUsePasskeys();
  if (!google && !hasPasskeys) return null;
  const error = withGoogle.error ?? withPasskey.error;
  return (
    <div className={classes.ways}>
      <p className={classes.or}><span>{t('access.signIn.or')}</span></p>
      {error ? <Refused error={error} left={0} /> : null}
      {hasPasskeys ? <Button kind="quiet" size="sm" fullWidth leftSection={<IconFingerprint size={18} stroke={1.6} />} loading={withPasskey.isPending} onClick={() => { withPasskey.mutate(); }}>{t('access.signIn.passkey')}</Button> : null}
      {google ? <Button kind="quiet" size="sm" fullWidth leftSection={<IconBrandGoogle size={18} stroke={1.6} />} loading={withGoogle.isPending} onClick={() => { withGoogle.mutate(); }}>{t('access.signIn.google')}</Button> : null}
    </div>
  );
}

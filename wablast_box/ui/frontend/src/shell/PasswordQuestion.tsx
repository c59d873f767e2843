import '@/texts/late';
import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { confirmPassword } from '@/api/confirm';
import { problemOf } from '@/api/errors';
import { useSession } from '@/api/session';
import { Button } from '@/design/Button';
import { Fields, SecretField } from '@/design/Field';
import { IconFingerprint } from '@/design/icons';
import { canUsePasskeys, PasskeyCancelled, provePasskey } from '@/features/team/passkeys';
import { t } from '@/lib/i18n';

interface PasswordQuestionProps {
  settle: (confirmed: boolean) => void;
}

export function PasswordQuestion({ settle }: PasswordQuestionProps) {
  const [password, setPassword] = useState('');
  const check = useMutation({ mutationFn: () => confirmPassword(password), onSuccess: () => { settle(true); } });
  const { passkeys } = useSession();
  const prove = useMutation({ mutationFn: confirmByPasskey, onSuccess: () => { settle(true); } });
  const refused = check.error ?? (prove.error instanceof PasskeyCancelled ? null : prove.error);
  const problem = refused ? problemOf(refused) : null;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <Modal opened onClose={() => { settle(false); }} title={t('shell.confirm.title')} size={400} centered closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={handleSubmit}>
        <Fields>
          <SecretField
            label={t('shell.confirm.password')}
            description={t('shell.confirm.help')}
            autoComplete="current-password"
            required
            data-autofocus
            value={password}
            error={problem ? `${problem.message} ${problem.help ?? ''}` : undefined}
            onChange={(event) => { setPassword(event.currentTarget.value); }}
          />
          <Button type="submit" fullWidth loading={check.isPending}>{t('shell.confirm.submit')}</Button>
          {passkeys && canUsePasskeys() ? <Button kind="quiet" fullWidth leftSection={<IconFingerprint size={16} stroke={1.6} />} loading={prove.isPending} onClick={() => { prove.mutate(); }}>{t('access.confirm.passkey')}</Button> : null}
        </Fields>
      </form>
    </Modal>
  );
}

/** As good as the password: the box sends a challenge, this device signs it. */
async function confirmByPasskey(): Promise<void> {
  const { options } = await answer(api.POST('/api/v1/me/confirm/passkey-options'));
  await api.POST('/api/v1/me/confirm/passkey', { body: { credential: await provePasskey(options) } });
}

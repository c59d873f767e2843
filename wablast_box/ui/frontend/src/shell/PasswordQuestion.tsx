import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { confirmPassword } from '@/api/confirm';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { Fields, SecretField } from '@/design/Field';
import { t } from '@/lib/i18n';

interface PasswordQuestionProps {
  settle: (confirmed: boolean) => void;
}

export function PasswordQuestion({ settle }: PasswordQuestionProps) {
  const [password, setPassword] = useState('');
  const check = useMutation({ mutationFn: () => confirmPassword(password), onSuccess: () => { settle(true); } });
  const problem = check.error ? problemOf(check.error) : null;
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
        </Fields>
      </form>
    </Modal>
  );
}

import { Button } from '@/design/Button';
import { Notice } from '@/design/Notice';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { useForgetFormerSecret } from './queries';

interface FormerSecretProps {
  until: string;
  readOnly: boolean;
}

/** After a replacement the box believes both secrets for a week. Whoever lost one does not want to wait. */
export function FormerSecret({ until, readOnly }: FormerSecretProps) {
  const forget = useForgetFormerSecret();
  const handleForget = () => {
    forget.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('setup.number.formerForgotten') }); }, onError: toastError });
  };
  const action = readOnly ? undefined : <Button kind="quiet" loading={forget.isPending} onClick={handleForget}>{t('setup.number.formerForget')}</Button>;
  return <Notice tone="info" title={t('setup.number.formerTitle', { when: stampOf(until) })} action={action}>{t('setup.number.formerHelp')}</Notice>;
}

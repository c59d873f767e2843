import { useMutation } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { Button } from '@/design/Button';
import { IconShieldCheck } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';

/** Walks the whole log at the box and says whether every entry follows the one before it. */
export function AuditCheck() {
  const check = useMutation({
    mutationFn: () => answer(api.GET('/api/v1/audit/check')),
    onSuccess: ({ entries, head, broken_at: broken }) => {
      if (broken === null) toast({ tone: 'good', key: 'audit', title: plural('access.audit.whole', entries), help: t('access.audit.head', { head: head.slice(0, 12) }) });
      else toast({ tone: 'bad', key: 'audit', stays: true, title: t('access.audit.broken', { number: broken }), help: t('access.audit.brokenHelp') });
    },
    onError: toastError,
  });
  return <Button kind="quiet" leftSection={<IconShieldCheck size={15} stroke={1.6} />} loading={check.isPending} onClick={() => { check.mutate(); }}>{t('access.audit.check')}</Button>;
}

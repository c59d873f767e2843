import { useState } from 'react';
import { useMay } from '@/api/session';
import type { ContactDetail } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { IconBan, IconUsersGroup } from '@/design/icons';
import { nameOf } from '@/features/inbox/names';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { useDeed } from '../queries';

interface ActionProps {
  contact: ContactDetail;
}

/** Keep somebody from writing, or let them again. */
export function BlockAction({ contact }: ActionProps) {
  const [asking, setAsking] = useState(false);
  const deed = useDeed(contact.id);
  if (!useMay('contacts.write')) return null;
  const icon = <IconBan size={14} aria-hidden />;
  if (contact.blocked) return <Button kind="quiet" size="compact-sm" leftSection={icon} loading={deed.isPending} onClick={() => { deed.mutate('unblock', { onError: toastError }); }}>{t('contacts.card.unblock')}</Button>;
  const handleBlock = () => { deed.mutate('block', { onSuccess: () => { setAsking(false); } }); };
  return (
    <>
      <Button kind="quiet" size="compact-sm" leftSection={icon} onClick={() => { deed.reset(); setAsking(true); }}>{t('contacts.card.block')}</Button>
      <AskFirst opened={asking} title={t('contacts.card.blockTitle', { name: nameOf(contact) })} confirm={t('contacts.card.block')} busy={deed.isPending} error={deed.error} onConfirm={handleBlock} onClose={() => { setAsking(false); }}>
        {t('contacts.card.blockHelp')}
      </AskFirst>
    </>
  );
}

interface MergeActionProps {
  onMerge: () => void;
}

export function MergeAction({ onMerge }: MergeActionProps) {
  if (!useMay('contacts.merge')) return null;
  return <Button kind="quiet" size="compact-sm" leftSection={<IconUsersGroup size={14} aria-hidden />} onClick={onMerge}>{t('contacts.card.merge')}</Button>;
}

import { useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { CustomRole } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useDeleteRole } from '../people/queries';
import team from '../Team.module.css';

interface DeleteRoleProps {
  role: CustomRole;
  onGone: () => void;
}

export function DeleteRole({ role, onGone }: DeleteRoleProps) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteRole(role.id);
  const handleDelete = () => {
    remove.mutate(undefined, { onSuccess: () => { toast({ tone: 'good', title: t('access.roles.deleted', { name: role.name }) }); onGone(); } });
  };
  return (
    <section className={team.part}>
      <h3>{t('access.roles.delete')}</h3>
      <p>{role.people > 0 ? t('access.roles.inUse') : t('access.roles.deleteHelp')}</p>
      <Button kind="quiet" disabled={role.people > 0} onClick={() => { setAsking(true); }}>{t('access.roles.delete')}</Button>
      <AskFirst opened={asking} onClose={() => { setAsking(false); }} title={t('access.roles.deleteTitle', { name: role.name })} confirm={t('access.roles.delete')} onConfirm={handleDelete} busy={remove.isPending} error={isUnconfirmed(remove.error) ? null : remove.error}>
        {t('access.roles.deleteHelp')}
      </AskFirst>
    </section>
  );
}

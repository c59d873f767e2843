import { useMay } from '@/api/session';
import type { TemplateList } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Button } from '@/design/Button';
import { IconRefresh } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { useSync } from './queries';
import classes from './Picker.module.css';

interface SyncStateProps {
  sync: TemplateList['sync'] | undefined;
}

/** How fresh the list is, and the button that makes it so. */
export function SyncState({ sync }: SyncStateProps) {
  const may = useMay('templates.write');
  const again = useSync();
  return (
    <span className={classes.sync}>
      {sync?.synced_at ? <span>{t('templates.sync.last')} <Ago at={sync.synced_at} /></span> : <span>{t('templates.sync.never')}</span>}
      {may ? <Button kind="quiet" loading={again.isPending} leftSection={<IconRefresh size={14} />} onClick={() => { again.mutate(undefined, { onError: toastError }); }}>{t('templates.sync.now')}</Button> : null}
    </span>
  );
}

import { Button } from '@/design/Button';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import classes from './Editor.module.css';

interface ConflictProps {
  onMine: () => void;
  onTheirs: () => Promise<void>;
}

/** Two people changed the same draft: nothing is lost until one of them decides. */
export function Conflict({ onMine, onTheirs }: ConflictProps) {
  const actions = (
    <span className={classes.conflictActs}>
      <Button kind="quiet" onClick={() => { void onTheirs().catch(toastError); }}>{t('flows.conflict.theirs')}</Button>
      <Button onClick={onMine}>{t('flows.conflict.mine')}</Button>
    </span>
  );
  return (
    <div className={classes.conflict}>
      <Notice tone="warn" title={t('flows.conflict.title')} action={actions}>{t('flows.conflict.help')}</Notice>
    </div>
  );
}

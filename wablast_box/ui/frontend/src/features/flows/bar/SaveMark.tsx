import { IconCheck, IconCloudOff, IconRefresh } from '@/design/icons';
import { t } from '@/lib/i18n';
import type { Saving } from '../editor/useAutosave';
import classes from '../editor/Editor.module.css';

interface SaveMarkProps {
  state: Saving;
}

/** Whether what is on the canvas is also in the box. */
export function SaveMark({ state }: SaveMarkProps) {
  const Icon = state === 'saved' ? IconCheck : state === 'failed' || state === 'conflict' ? IconCloudOff : IconRefresh;
  return (
    <span className={classes.saveMark} data-state={state} role="status">
      <Icon size={13} aria-hidden /> {t(`flows.saving.${state}`)}
    </span>
  );
}

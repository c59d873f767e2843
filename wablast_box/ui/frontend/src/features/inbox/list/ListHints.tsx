import { Keys } from '@/design/Keys';
import { useRegistry } from '@/lib/commands';
import { t } from '@/lib/i18n';
import classes from './List.module.css';

export function ListHints() {
  const singleKeys = useRegistry((state) => state.singleKeys);
  if (!singleKeys) return null;
  return (
    <footer className={classes.hints} aria-hidden>
      <Keys shortcut="j k" /> {t('inbox.list.hints.move')}
      <Keys shortcut="r" /> {t('inbox.list.hints.reply')}
      <Keys shortcut="?" /> {t('inbox.list.hints.all')}
    </footer>
  );
}

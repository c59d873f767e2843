import { Keys } from '@/design/Keys';
import { useKeysOf, useRegistry } from '@/lib/commands';
import { t } from '@/lib/i18n';
import classes from './List.module.css';

/** The keys one begins with; all others are behind the last of them. */
export function ListHints() {
  const singleKeys = useRegistry((state) => state.singleKeys);
  const [next, previous, resolve, snooze, help] = [useKeysOf('next', 'j'), useKeysOf('previous', 'k'), useKeysOf('resolve', 'e'), useKeysOf('snooze', 's'), useKeysOf('keys', '?')];
  if (!singleKeys) return null;
  return (
    <footer className={classes.hints} aria-hidden>
      {next && previous ? <><Keys shortcut={`${next} ${previous}`} /> {t('list.hints.move')}</> : null}
      {resolve ? <><Keys shortcut={resolve} /> {t('list.hints.resolve')}</> : null}
      {snooze ? <><Keys shortcut={snooze} /> {t('list.hints.snooze')}</> : null}
      {help ? <><Keys shortcut={help} /> {t('list.hints.all')}</> : null}
    </footer>
  );
}

import { Dialog } from '@/design/Dialog';
import { Keys } from '@/design/Keys';
import { SwitchField } from '@/design/Field';
import { allCommands, setHelp, setSingleKeys, useRegistry } from '@/lib/commands';
import { t } from '@/lib/i18n';
import classes from './KeysHelp.module.css';

/** Every shortcut that works on this screen, from the same list that the keyboard uses. */
export function KeysHelp() {
  const lists = useRegistry((state) => state.lists);
  const singleKeys = useRegistry((state) => state.singleKeys);
  const withKeys = allCommands(lists).filter((command) => command.keys);
  const groups = [...new Set(withKeys.map((command) => command.group))];
  return (
    <Dialog onClose={() => { setHelp(false); }} title={t('shell.keys.title')} size={580}>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {withKeys.filter((command) => command.group === group).map((command) => (
                <div key={command.id}>
                  <dt>{command.title}</dt>
                  <dd><Keys shortcut={command.keys ?? ''} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <SwitchField checked={singleKeys} onChange={(event) => { setSingleKeys(event.currentTarget.checked); }} label={t('shell.keys.single')} description={t('shell.keys.singleHelp')} />
    </Dialog>
  );
}

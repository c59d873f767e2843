import { useMemo, useState } from 'react';
import { Button } from '@/design/Button';
import { SwitchField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconRefresh, IconX } from '@/design/icons';
import { Keys } from '@/design/Keys';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { allCommands, bind, setBindings, setSingleKeys, useRegistry } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { bindable, type Bindable, type Bindings, holder, keysNow, pressed } from './keyboard';
import classes from './Keyboard.module.css';

/** Every shortcut, and other keys for those who want them. This browser remembers. */
export function KeyboardPage() {
  const lists = useRegistry((state) => state.lists);
  const bindings = useRegistry((state) => state.bindings);
  const singleKeys = useRegistry((state) => state.singleKeys);
  const all = useMemo(() => bindable(allCommands(lists)), [lists]);
  const [asked, setAsked] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const groups = [...new Set(all.map((one) => one.group))];
  const handleKeys = (command: Bindable, keys: string) => {
    setAsked(null);
    const before = holder(all, bindings, keys, command.id);
    if (before) bind(before.id, null);
    setTaken(before?.title ?? null);
    bind(command.id, keys === command.keys ? undefined : keys);
  };
  return (
    <Page>
      <PageHeader title={t('settings.keyboard.title')} help={t('settings.keyboard.help')} actions={Object.keys(bindings).length > 0 ? <Button kind="quiet" leftSection={<IconRefresh size={14} />} onClick={() => { setBindings({}); setTaken(null); }}>{t('settings.keyboard.reset')}</Button> : null} />
      <SwitchField checked={singleKeys} onChange={(event) => { setSingleKeys(event.currentTarget.checked); }} label={t('shell.keys.single')} description={t('shell.keys.singleHelp')} />
      <p className={classes.news} role="status">{taken ? t('settings.keyboard.taken', { title: taken }) : null}</p>
      {groups.map((group) => (
        <section key={group} className={classes.group}>
          <h2>{group}</h2>
          <ul>
            {all.filter((one) => one.group === group).map((one) => (
              <Line key={one.id} command={one} bindings={bindings} asked={asked === one.id} onAsk={() => { setAsked(one.id); }} onKeys={(keys) => { handleKeys(one, keys); }} onClose={() => { setAsked(null); }} />
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}

interface LineProps {
  command: Bindable;
  bindings: Bindings;
  asked: boolean;
  onAsk: () => void;
  onKeys: (keys: string) => void;
  onClose: () => void;
}

function Line({ command, bindings, asked, onAsk, onKeys, onClose }: LineProps) {
  const keys = keysNow(command, bindings);
  const isOwn = bindings[command.id] !== undefined;
  return (
    <li>
      <span>{command.title}</span>
      <button
        type="button"
        className={classes.keys}
        aria-label={t('settings.keyboard.change', { title: command.title })}
        data-asked={asked || undefined}
        onClick={onAsk}
        onBlur={onClose}
        onKeyDown={(event) => {
          if (!asked || event.key === 'Tab') return;
          event.preventDefault();
          event.stopPropagation();
          const next = pressed(event);
          if (event.key === 'Escape') onClose();
          else if (next) onKeys(next);
        }}
      >
        {asked ? t('settings.keyboard.press') : keys ? <Keys shortcut={keys} /> : t('settings.keyboard.none')}
      </button>
      {keys && !isOwn ? <IconButton label={t('settings.keyboard.off', { title: command.title })} size={24} onClick={() => { bind(command.id, null); }}><IconX size={14} /></IconButton> : null}
      {isOwn ? <IconButton label={t('settings.keyboard.usual', { title: command.title })} size={24} onClick={() => { bind(command.id, undefined); }}><IconRefresh size={14} /></IconButton> : null}
    </li>
  );
}

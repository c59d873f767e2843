import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { IconSearch } from '@/design/icons';
import { Keys } from '@/design/Keys';
import { openSearch } from '@/features/search/panel';
import { allCommands, closeBar, type Command, useRegistry } from '@/lib/commands';
import { plural, t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { peopleQuery } from './queries';
import { find } from './search';
import classes from './CommandBar.module.css';

/** Everything by typing: people first, then what can be done here. */
export function CommandBar() {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const results = useResults(typed);
  const picked = results[Math.min(at, results.length - 1)];
  const run = (command: Command | undefined) => {
    if (!command) return;
    closeBar();
    command.run();
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      setAt((Math.min(at, results.length - 1) + step + results.length) % Math.max(1, results.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(picked);
    }
  };
  return (
    <Modal opened onClose={closeBar} withCloseButton={false} size={600} yOffset={80} padding={0} radius="md" transitionProps={{ duration: 120, transition: 'pop' }} title={t('shell.commands.open')} classNames={{ header: 'hidden-text' }}>
      <div className={classes.head}>
        <IconSearch size={16} aria-hidden />
        <input
          value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); setAt(0); }}
          onKeyDown={handleKey}
          placeholder={t('shell.commands.type')}
          aria-label={t('shell.commands.open')}
          role="combobox"
          aria-expanded
          aria-controls="command-list"
          aria-activedescendant={picked ? `command-${picked.id}` : undefined}
          data-autofocus
        />
      </div>
      <p className="hidden-text" role="status">{plural('shell.commands.results', results.length)}</p>
      <Results results={results} picked={picked} onRun={run} />
    </Modal>
  );
}

function useResults(typed: string): Command[] {
  const navigate = useNavigate();
  const lists = useRegistry((state) => state.lists);
  const [q] = useDebouncedValue(typed.trim(), 120);
  const { data: people = [] } = useQuery(peopleQuery(q));
  return useMemo(() => {
    const offered = allCommands(lists).filter((command) => !command.hidden);
    const found = typed.trim().length >= 2 ? people.map((one) => asCommand(one, () => { void navigate({ to: '/inbox', search: { c: one.id } }); })) : [];
    const deeper = typed.trim().length >= 2 ? [searchFor(typed.trim())] : [];
    return [...found, ...find(offered, typed), ...deeper];
  }, [lists, navigate, people, typed]);
}

function asCommand({ id, contact }: Conversation, run: () => void): Command {
  const phone = readablePhone(contact.phone);
  const name = contact.name ?? (phone || (contact.user_id ?? ''));
  return { id: `person-${id}`, group: t('shell.commands.people'), title: phone && phone !== name ? `${name}  ${phone}` : name, icon: <Avatar name={name} seed={contact.id} size="sm" />, run };
}

/** What is no name and no command may have been said in a message. */
const searchFor = (words: string): Command =>
  ({ id: 'search-for', group: t('search.title'), title: t('search.commandFor', { words }), icon: <IconSearch size={17} />, run: () => { openSearch(words); } });

interface ResultsProps {
  results: Command[];
  picked: Command | undefined;
  onRun: (command: Command) => void;
}

function Results({ results, picked, onRun }: ResultsProps) {
  if (results.length === 0) return <p className={classes.none}>{t('shell.commands.none')}</p>;
  const groups = [...new Set(results.map((command) => command.group))];
  return (
    <div id="command-list" className={classes.list} role="listbox" aria-label={t('shell.commands.open')}>
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <p className={classes.group} aria-hidden>{group}</p>
          {results.filter((command) => command.group === group).map((command) => (
            <div
              key={command.id}
              id={`command-${command.id}`}
              className={classes.row}
              role="option"
              aria-selected={command === picked}
              ref={command === picked ? (row) => { row?.scrollIntoView({ block: 'nearest' }); } : undefined}
              onClick={() => { onRun(command); }}
            >
              <span className={classes.icon} aria-hidden>{command.icon}</span>
              <span className={classes.name}><bdi>{command.title}</bdi></span>
              {command.keys ? <Keys shortcut={command.keys} /> : null}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

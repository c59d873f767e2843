import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { TextField } from '@/design/Field';
import { IconCheck, IconList, IconSearch, IconX } from '@/design/icons';
import { tagsQuery } from '@/features/inbox/list/queries';
import { TagDot } from '@/features/inbox/list/TagLabel';
import { t } from '@/lib/i18n';
import { joined, parted, term, toggled } from './filter';
import classes from './Contacts.module.css';

interface FilterToolsProps {
  q: string;
  /** What the box could not read in the filter. */
  error: unknown;
  onChange: (q: string) => void;
}

const PAUSE_MS = 250;

/** What to look for: words typed, filters picked, each filter a chip that goes at a press. */
export function FilterTools({ q, error, onChange }: FilterToolsProps) {
  const { terms } = parted(q);
  const [typed, setTyped] = useState(q);
  const [seen, setSeen] = useState(q);
  if (seen !== q) {
    setSeen(q);
    if (joined(parted(typed)) !== q) setTyped(q);
  }
  const tell = useRef(onChange);
  useEffect(() => { tell.current = onChange; });
  useEffect(() => {
    const next = joined(parted(typed));
    if (next === q) return;
    // Only typing puts it off: what is drawn anew meanwhile, because somebody wrote, does not.
    const timer = window.setTimeout(() => { tell.current(next); }, PAUSE_MS);
    return () => { window.clearTimeout(timer); };
  }, [q, typed]);
  const problem = error ? problemOf(error) : null;
  const press = (one: string) => {
    const next = toggled(typed, one);
    setTyped(next);
    onChange(next);
  };
  return (
    <div className={classes.tools}>
      <TextField
        className={classes.search}
        type="search"
        leftSection={<IconSearch size={14} aria-hidden />}
        aria-label={t('contacts.search')}
        placeholder={t('contacts.search')}
        title={t('contacts.searchHelp')}
        value={typed}
        error={problem ? [problem.message, problem.help].filter(Boolean).join(' ') : undefined}
        onChange={(event) => { setTyped(event.currentTarget.value); }}
      />
      <FilterMenu terms={terms} onPress={press} />
      <div className={classes.chips}>
        {terms.map((one) => <button key={one} type="button" className={classes.chip} onClick={() => { press(one); }}><bdi>{one}</bdi><IconX size={13} aria-label={t('contacts.filters.clear')} /></button>)}
      </div>
    </div>
  );
}

interface FilterMenuProps {
  terms: string[];
  onPress: (term: string) => void;
}

function FilterMenu({ terms, onPress }: FilterMenuProps) {
  const tags = useQuery(tagsQuery).data ?? [];
  const states = [
    { term: 'is:blocked', label: t('contacts.filters.blocked') },
    { term: 'is:optedout', label: t('contacts.filters.optedOut') },
    { term: '-has:phone', label: t('contacts.filters.noPhone') },
  ];
  return (
    <Menu position="bottom-start" width={230} closeOnItemClick>
      <Menu.Target><Button kind="quiet" leftSection={<IconList size={14} aria-hidden />}>{t('contacts.filter')}</Button></Menu.Target>
      <Menu.Dropdown>
        {states.map((one) => <Menu.Item key={one.term} rightSection={terms.includes(one.term) ? <IconCheck size={14} aria-hidden /> : null} onClick={() => { onPress(one.term); }}>{one.label}</Menu.Item>)}
        {tags.length > 0 ? <Menu.Divider /> : null}
        {tags.map((tag) => <Menu.Item key={tag.id} rightSection={terms.includes(term('tag', tag.name)) ? <IconCheck size={14} aria-hidden /> : null} leftSection={<TagDot color={tag.color} />} onClick={() => { onPress(term('tag', tag.name)); }}><bdi>{tag.name}</bdi></Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

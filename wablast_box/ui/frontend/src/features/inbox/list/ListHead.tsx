import { useDebouncedCallback } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconSearch, IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { type Filter, FILTERS } from '../address';
import classes from './List.module.css';

interface ListHeadProps {
  filter: Filter;
  q: string;
  onSearch: (q: string) => void;
}

export function ListHead({ filter, q, onSearch }: ListHeadProps) {
  const [typed, setTyped] = useState(q);
  const search = useDebouncedCallback(onSearch, 180);
  const handleType = (words: string) => {
    setTyped(words);
    search(words.trim());
  };
  return (
    <header className={classes.head}>
      <h1 className="hidden-text">{t('inbox.title')}</h1>
      <nav className={classes.filters} aria-label={t('inbox.list.filters.label')}>
        {FILTERS.map((one) => (
          <Link key={one} to="/inbox" search={(now) => ({ ...now, filter: one === 'all' ? undefined : one })} replace aria-current={one === filter ? 'page' : undefined}>
            {t(`inbox.list.filters.${one}`)}
          </Link>
        ))}
      </nav>
      <div className={classes.search}>
        <IconSearch size={14} aria-hidden />
        <input
          id="inbox-search"
          type="search"
          value={typed}
          placeholder={t('inbox.list.search')}
          aria-label={t('inbox.list.searchLabel')}
          onChange={(event) => { handleType(event.currentTarget.value); }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            handleType('');
            event.currentTarget.blur();
          }}
        />
        {typed ? <IconButton label={t('inbox.list.clear')} size={22} onClick={() => { handleType(''); }}><IconX size={13} /></IconButton> : null}
      </div>
    </header>
  );
}

import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '@/design/EmptyState';
import { IconClock, IconSearch } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { forgetSearches, recentSearches } from './recent';
import classes from './Search.module.css';

interface BeginningProps {
  onPick: (words: string) => void;
}

const EXAMPLES = ['from', 'in', 'after', 'before', 'tag'] as const;

/** Before anything is typed: what was searched for last, and what can be written. */
export function Beginning({ onPick }: BeginningProps) {
  const [recent, setRecent] = useState(recentSearches);
  return (
    <div className={classes.beginning}>
      {recent.length > 0 ? (
        <section aria-label={t('search.recent')}>
          <p className={classes.group}>
            {t('search.recent')}
            <UnstyledButton className={classes.clear} onClick={() => { forgetSearches(); setRecent([]); }}>{t('search.forget')}</UnstyledButton>
          </p>
          {recent.map((words) => (
            <UnstyledButton key={words} className={classes.recent} onClick={() => { onPick(words); }}>
              <IconClock size={15} stroke={1.7} aria-hidden /> <bdi>{calm(words)}</bdi>
            </UnstyledButton>
          ))}
        </section>
      ) : <EmptyState icon={<IconSearch size={22} stroke={1.6} />} title={t('search.start.title')} help={t('search.start.help')} />}
      <p className={classes.examples}>
        {t('search.examples.label')}
        {EXAMPLES.map((name) => <UnstyledButton key={name} onClick={() => { onPick(`${t(`search.examples.${name}`)} `); }}><code>{t(`search.examples.${name}`)}</code></UnstyledButton>)}
      </p>
    </div>
  );
}

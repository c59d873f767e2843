import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch as useAddress } from '@tanstack/react-router';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Conversation } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconSearch, IconX } from '@/design/icons';
import { Keys } from '@/design/Keys';
import { plural, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Ask, type Hit, keyOf, NOTHING } from './ask';
import { Chips } from './Chips';
import { closeSearch, usePanel } from './panel';
import { keepSearch } from './recent';
import { Results } from './Results';
import { useSearch } from './useSearch';
import classes from './Search.module.css';

/** Everything that was ever said, by typing. */
export function SearchPanel() {
  const [ask, setAsk] = useState<Ask>({ ...NOTHING, words: usePanel.getState().words });
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const here = useHere();
  const small = useMediaQuery('(max-width: 560px)');
  const navigate = useNavigate();
  const found = useSearch(ask);
  // As they stand on the screen: group after group.
  const inOrder = useMemo(() => found.groups.flatMap((group) => group.hits), [found.groups]);
  const picked = inOrder[Math.min(at, inOrder.length - 1)];
  const change = (changed: Partial<Ask>) => {
    setAsk((before) => ({ ...before, ...changed }));
    setAt(0);
    input.current?.focus();
  };
  const open = (hit: Hit | undefined) => {
    const c = hit?.conversation_id;
    if (!hit || !c) return;
    keepSearch(ask.words);
    closeSearch();
    const m = hit.kind === 'contact' || hit.kind === 'conversation' ? undefined : hit.id;
    void navigate({ to: '/inbox', search: (now) => ({ ...now, c, m }) });
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      const next = Math.min(at, inOrder.length - 1) + step;
      if (next >= inOrder.length && found.more) found.older();
      setAt(Math.max(0, Math.min(next, inOrder.length - 1)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(picked);
    }
  };
  return (
    <Modal opened onClose={closeSearch} withCloseButton={false} fullScreen={small} size={720} yOffset={64} padding={0} radius="md" transitionProps={{ duration: 120, transition: 'pop' }} title={t('search.title')} classNames={{ header: 'hidden-text', body: classes.body, content: classes.content }}>
      <div className={classes.head} data-looking={(found.isAsked && found.isLooking) || undefined}>
        <IconSearch size={17} aria-hidden />
        <input
          ref={input}
          value={ask.words}
          onChange={(event) => { change({ words: event.currentTarget.value }); }}
          onKeyDown={handleKey}
          placeholder={t('search.type')}
          aria-label={t('search.title')}
          role="combobox"
          aria-expanded={inOrder.length > 0}
          aria-controls="search-hits"
          aria-activedescendant={picked ? `hit-${keyOf(picked)}` : undefined}
          dir="auto"
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        {small ? <IconButton label={t('common.close')} onClick={closeSearch}><IconX size={17} /></IconButton> : <Keys shortcut="escape" />}
      </div>
      <Chips ask={ask} here={here} onChange={change} />
      <p className="hidden-text" role="status">{found.isAsked && !found.isLooking ? (found.more ? t('search.hitsAndMore', { count: inOrder.length }) : plural('search.hits', inOrder.length)) : ''}</p>
      <Results ask={ask} found={found} picked={picked} onOpen={open} onChange={change} />
    </Modal>
  );
}

/** The conversation that is open behind the search, so that one can search in it alone. */
function useHere(): { id: string; name: string } | null {
  const { c } = useAddress({ strict: false });
  const client = useQueryClient();
  if (typeof c !== 'string') return null;
  return { id: c, name: calm(client.getQueryData<Conversation>(['conversation', c])?.contact.name ?? '') };
}

import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useMay } from '@/api/session';
import { IconButton } from '@/design/IconButton';
import { IconSearch, IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { colleaguesQuery } from '../queries';
import { Suggestions } from './Suggestions';
import { suggest } from './suggest';
import { useKnown } from './queries';
import { joined, split } from './views';
import classes from './Filter.module.css';

interface FilterBarProps {
  q: string;
  onFilter: (q: string) => void;
}

/** A filter in words: what is complete stands as a chip, the rest is being written. */
export function FilterBar({ q, onFilter }: FilterBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [{ chips, rest }, setTyped] = useState(() => split(q, true));
  const [before, setBefore] = useState(q);
  const [sent, setSent] = useState(q);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const known = useKnown();
  const { data: colleagues = [] } = useQuery({ ...colleaguesQuery, enabled: useMay('users.names') && open });
  const [browsing, setBrowsing] = useState(false);
  // Behind what is complete, suggestions would only hide what it found.
  const offered = open && (rest !== '' || chips.length === 0 || browsing) ? suggest(rest, known, colleagues) : [];
  const send = useDebouncedCallback((text: string) => {
    setSent(text);
    onFilter(text);
  }, 180);
  // What was sent comes back later, when more has been written. Anything else comes from elsewhere: another view, a link.
  if (q !== before) {
    setBefore(q);
    if (q !== sent) setTyped(split(q, true));
  }
  const write = (next: { chips: string[]; rest: string }) => {
    setTyped(next);
    setAt(-1);
    setBrowsing(false);
    const text = joined(...next.chips, next.rest.trim());
    // A key without a value is not finished; asking now would only bring a complaint.
    if (!/:$/.test(text)) send(text);
  };
  const handleType = (text: string) => {
    const next = split(text, false);
    write({ chips: [...chips, ...next.chips], rest: next.rest });
    setOpen(true);
  };
  const take = (text: string) => {
    if (text.endsWith(':')) write({ chips, rest: text });
    else write({ chips: [...chips, text], rest: '' });
    field.current?.focus();
  };
  const finish = () => {
    const next = split(rest, true);
    write({ chips: [...chips, ...next.chips], rest: next.rest });
    setOpen(false);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const picked = offered[at];
    if (step) {
      event.preventDefault();
      setOpen(true);
      setBrowsing(true);
      setAt((before) => (offered.length === 0 ? -1 : (Math.max(before, step > 0 ? -1 : 0) + step + offered.length) % offered.length));
    } else if ((event.key === 'Enter' || event.key === 'Tab') && picked) {
      event.preventDefault();
      take(picked.text);
    } else if (event.key === 'Enter') finish();
    else if (event.key === 'Backspace' && rest === '' && chips.length > 0) {
      event.preventDefault();
      write({ chips: chips.slice(0, -1), rest: chips.at(-1) ?? '' });
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (open && offered.length > 0) setOpen(false);
      else if (chips.length > 0 || rest) write({ chips: [], rest: '' });
      else field.current?.blur();
    }
  };
  return (
    <div className={classes.holder}>
      <div className={classes.bar} onClick={() => field.current?.focus()}>
        <IconSearch size={14} aria-hidden />
        {chips.map((term, index) => (
          <span key={`${term} ${String(index)}`} className={classes.chip}>
            <bdi>{term}</bdi>
            <button type="button" aria-label={t('list.filter.remove', { term })} onClick={() => { write({ chips: chips.toSpliced(index, 1), rest }); field.current?.focus(); }}><IconX size={11} /></button>
          </span>
        ))}
        <input
          ref={field}
          id="inbox-search"
          value={rest}
          placeholder={chips.length === 0 ? t('list.filter.placeholder') : undefined}
          aria-label={t('list.filter.label')}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls="filter-suggestions"
          aria-activedescendant={at >= 0 ? `filter-${String(at)}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => { handleType(event.currentTarget.value); }}
          onKeyDown={handleKey}
          onFocus={() => { setOpen(true); }}
          onBlur={() => { setOpen(false); }}
        />
        {chips.length > 0 || rest ? <IconButton label={t('list.filter.clear')} size={22} onClick={() => { write({ chips: [], rest: '' }); }}><IconX size={13} /></IconButton> : null}
      </div>
      {offered.length > 0 ? <Suggestions offered={offered} at={at} onTake={take} /> : null}
    </div>
  );
}

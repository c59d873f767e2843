import { Modal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { IconCheck, IconSearch } from '@/design/icons';
import { t } from '@/lib/i18n';
import classes from './Picker.module.css';

export interface Option {
  key: string;
  title: string;
  icon?: ReactNode;
  hint?: string | undefined;
  /** For questions with several answers. */
  checked?: boolean | 'some';
  run: () => void;
}

interface PickerProps {
  title: string;
  options: Option[];
  /** What to say when there is nothing to choose. */
  empty: string;
  onClose: () => void;
  /** Several answers may hold at once. */
  many?: boolean;
  /** Choosing does not end the question. */
  stays?: boolean;
  /** An answer made of what was typed. */
  own?: (typed: string) => Option | null;
  footer?: ReactNode;
}

const fold = (text: string): string => text.toLocaleLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');

/** One question, answered by typing and Enter. */
export function Picker({ title, options, empty, onClose, many, stays = many, own, footer }: PickerProps) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const made = typed.trim() ? own?.(typed.trim()) ?? null : null;
  const found = [...options.filter((one) => fold(one.title).includes(fold(typed.trim()))), ...(made ? [made] : [])];
  const index = Math.min(at, found.length - 1);
  const run = (option: Option | undefined) => {
    if (!option) return;
    if (!stays) onClose();
    option.run();
    if (option === made) setTyped('');
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && found.length > 0) {
      event.preventDefault();
      setAt((index + step + found.length) % found.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[index]);
    }
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} size={380} yOffset={96} padding={0} radius="md" transitionProps={{ duration: 120, transition: 'pop' }} title={title} classNames={{ header: 'hidden-text' }}>
      <p className={classes.title} aria-hidden>{title}</p>
      <div className={classes.head}>
        <IconSearch size={15} aria-hidden />
        <input
          value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); setAt(0); }}
          onKeyDown={handleKey}
          placeholder={t('list.pick.search')}
          aria-label={title}
          role="combobox"
          aria-expanded
          aria-controls="picker"
          aria-activedescendant={found[index] ? `picker-${found[index].key}` : undefined}
          data-autofocus
        />
      </div>
      {found.length === 0 ? <p className={classes.none}>{options.length === 0 ? empty : t('list.pick.none')}</p> : null}
      <ul id="picker" className={classes.options} role="listbox" aria-label={title} aria-multiselectable={many}>
        {found.map((option, row) => <Line key={option.key} option={option} active={row === index} onRun={() => { setAt(row); run(option); }} />)}
      </ul>
      {footer}
    </Modal>
  );
}

interface LineProps {
  option: Option;
  active: boolean;
  onRun: () => void;
}

function Line({ option, active, onRun }: LineProps) {
  return (
    <li
      id={`picker-${option.key}`}
      role="option"
      aria-selected={option.checked === undefined ? active : option.checked === true}
      data-active={active || undefined}
      ref={active ? (row) => { row?.scrollIntoView({ block: 'nearest' }); } : undefined}
      onClick={onRun}
    >
      {option.icon ? <span className={classes.icon} aria-hidden>{option.icon}</span> : null}
      <span className={classes.name}><bdi>{option.title}</bdi></span>
      {option.hint ? <span className={classes.hint}>{option.hint}</span> : null}
      {option.checked ? <IconCheck size={15} className={option.checked === 'some' ? classes.some : undefined} aria-hidden /> : null}
    </li>
  );
}

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { t } from '@/lib/i18n';
import { KindIcon } from '../canvas/card/KindIcon';
import { useMake } from '../canvas/useMake';
import { useEditor, useEditorStore } from '../graph/context';
import type { Adding } from '../graph/store';
import { search } from './kinds';
import { categoryName } from './Palette';
import classes from '../editor/Editor.module.css';

/** The search that opens where a wire was dropped, on an output's plus, or on “/”. */
export function Adder() {
  const adding = useEditor((state) => state.adding);
  return adding ? createPortal(<AdderBox key={`${String(adding.screen.x)} ${String(adding.screen.y)}`} adding={adding} />, document.body) : null;
}

interface AdderBoxProps {
  adding: Adding;
}

const [WIDTH, HEIGHT] = [286, 372];

function AdderBox({ adding }: AdderBoxProps) {
  const store = useEditorStore();
  const kinds = useEditor((state) => state.kinds);
  const make = useMake();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const found = useMemo(() => search([...kinds.values()], words), [kinds, words]);
  const close = () => { store.setState({ adding: null }); };
  useEffect(() => {
    const outside = (event: PointerEvent) => { if (!box.current?.contains(event.target as Node)) store.setState({ adding: null }); };
    window.addEventListener('pointerdown', outside, true);
    return () => { window.removeEventListener('pointerdown', outside, true); };
  }, [store]);
  useEffect(() => { box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [at]);
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    const chosen = found[at];
    if (event.key === 'Enter' && chosen) make(chosen.type, adding);
    if (['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) event.preventDefault();
  };
  const left = Math.max(8, Math.min(adding.screen.x, window.innerWidth - WIDTH - 8));
  const top = Math.max(8, Math.min(adding.screen.y, window.innerHeight - HEIGHT - 8));
  return (
    <div ref={box} className={classes.adder} style={{ left, top, width: WIDTH, maxHeight: HEIGHT }} role="dialog" aria-label={t('flows.palette.addTitle')}>
      <input
        autoFocus value={words} placeholder={t('flows.palette.next')} aria-label={t('flows.palette.find')} role="combobox" aria-expanded aria-controls="adder-list" onKeyDown={handleKey}
        onChange={(event) => { setWords(event.currentTarget.value); setAt(0); }}
      />
      <ul id="adder-list" role="listbox" aria-label={t('flows.palette.title')}>
        {found.map((kind, row) => (
          <li key={kind.type} role="option" aria-selected={row === at} data-category={kind.category} onClick={() => { make(kind.type, adding); }}>
            <span><KindIcon kind={kind} size={15} /></span>
            <div><strong>{kind.title}</strong><small>{words ? categoryName(kind.category) : kind.help}</small></div>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className={classes.none}>{t('flows.palette.none')}</p> : null}
    </div>
  );
}

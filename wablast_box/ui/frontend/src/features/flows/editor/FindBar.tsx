import { type KeyboardEvent, useMemo, useState } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconSearch, IconX } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useEditor } from '../graph/context';
import { useActs } from './useActs';
import classes from './Editor.module.css';

interface FindBarProps {
  onClose: () => void;
}

/** Search in the flow: names and everything that is written in a step. Enter goes from hit to hit. */
export function FindBar({ onClose }: FindBarProps) {
  const nodes = useEditor((state) => state.doc.nodes);
  const kinds = useEditor((state) => state.kinds);
  const { goTo } = useActs();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(-1);
  const hits = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    if (!wanted) return [];
    return Object.values(nodes).filter((node) => `${node.name ?? ''} ${kinds.get(node.type)?.title ?? ''} ${JSON.stringify(Object.values(node.data))}`.toLowerCase().includes(wanted));
  }, [nodes, kinds, words]);
  const go = (by: number) => {
    if (hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    const hit = hits[next];
    if (hit) goTo(hit.id);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') onClose();
  };
  return (
    <div className={classes.findBar} role="search">
      <IconSearch size={14} aria-hidden />
      <input autoFocus value={words} placeholder={t('flows.find.placeholder')} aria-label={t('flows.find.title')} onChange={(event) => { setWords(event.currentTarget.value); setAt(-1); }} onKeyDown={handleKey} />
      <span role="status">{words ? plural('flows.find.hits', hits.length) : null}</span>
      <IconButton size={24} label={t('common.close')} onClick={onClose}><IconX size={14} /></IconButton>
    </div>
  );
}

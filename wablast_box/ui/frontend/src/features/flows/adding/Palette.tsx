import { TextInput } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { Keys } from '@/design/Keys';
import { IconSearch } from '@/design/icons';
import { t } from '@/lib/i18n';
import { DRAGGED } from '../canvas/Canvas';
import { KindIcon } from '../canvas/card/KindIcon';
import { useMake } from '../canvas/useMake';
import { useEditor, useEditorStore } from '../graph/context';
import { outputsOf } from '../graph/outputs';
import { theOne } from '../graph/store';
import type { Kind } from '../graph/types';
import { grouped, search } from './kinds';
import classes from '../editor/Editor.module.css';

/** Every step there is, by what it is for. Drag it onto the canvas, or click: it goes behind the chosen step. */
export function Palette() {
  const kinds = useEditor((state) => state.kinds);
  const [words, setWords] = useState('');
  const found = useMemo(() => search([...kinds.values()], words), [kinds, words]);
  const add = useAddBehind();
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = found;
    if (event.key === 'Enter' && first) { add(first); setWords(''); }
    if (event.key === 'Escape') { setWords(''); event.currentTarget.blur(); }
  };
  return (
    <aside className={classes.palette} aria-label={t('flows.palette.title')}>
      <div className={classes.find}>
        <TextInput
          value={words} onChange={(event) => { setWords(event.currentTarget.value); }} onKeyDown={handleKey} placeholder={t('flows.palette.find')} aria-label={t('flows.palette.find')}
          leftSection={<IconSearch size={13} />} rightSection={words ? null : <Keys shortcut="/" />}
        />
      </div>
      {grouped(found).map(([category, all]) => (
        <section key={category} aria-label={categoryName(category)}>
          <h2>{categoryName(category)}</h2>
          {all.map((kind) => (
            <button
              key={kind.type} type="button" className={classes.kind} data-category={kind.category} draggable title={kind.help}
              onDragStart={(event) => { event.dataTransfer.setData(DRAGGED, kind.type); event.dataTransfer.effectAllowed = 'copy'; }} onClick={() => { add(kind); }}
            >
              <span><KindIcon kind={kind} size={15} /></span>{kind.title}
            </button>
          ))}
        </section>
      ))}
      {found.length === 0 ? <p className={classes.none}>{t('flows.palette.none')}</p> : null}
    </aside>
  );
}

const CATEGORIES = ['start', 'messages', 'questions', 'logic', 'waits', 'contact', 'conversation', 'connect', 'ai', 'code', 'flow'] as const;
export const categoryName = (name: string): string => {
  const known = CATEGORIES.find((one) => one === name);
  return known ? t(`flows.categories.${known}`) : name;
};

/** Behind the chosen step by its first free way out; else in the middle of what is seen. */
function useAddBehind() {
  const store = useEditorStore();
  const make = useMake();
  const { screenToFlowPosition } = useReactFlow();
  return (kind: Kind) => {
    const state = store.getState();
    const chosen = theOne(state);
    const node = chosen === null ? undefined : state.doc.nodes[chosen];
    const spot = chosen === null ? undefined : state.doc.layout[chosen];
    const free = node && outputsOf(node, state.kinds.get(node.type)).find((way) => !state.doc.edges.some((edge) => edge.from === node.id && edge.output === way.id));
    if (node && spot && free) make(kind.type, { at: { x: spot.x + 350, y: spot.y }, from: { node: node.id, output: free.id } });
    else make(kind.type, { at: screenToFlowPosition({ x: window.innerWidth / 2 - 120, y: window.innerHeight / 2 - 60 }) });
  };
}

import { useCallback, useState } from 'react';
import { EmptyState } from '@/design/EmptyState';
import { IconCircleCheck } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useEditor, useEditorStore } from '../graph/context';
import { type Line, linesOf, inOrder, setAlike, setText, type State } from '../graph/texts';
import { keyOf } from './csv';
import { Row } from './Row';
import classes from './Languages.module.css';

export type Filter = 'all' | Exclude<State, 'done'>;

interface LinesProps {
  language: string;
  lines: readonly Line[];
  filter: Filter;
  onGo: (node: string) => void;
}

const keysOf = (lines: readonly Line[], filter: Filter): ReadonlySet<string> => new Set(lines.filter((line) => filter === 'all' || line.state === filter).map(keyOf));

/** The texts step by step. What is written keeps its place until another view is chosen. */
export function Lines({ language, lines, filter, onGo }: LinesProps) {
  const store = useEditorStore();
  const [kept, setKept] = useState({ filter, language, keys: keysOf(lines, filter) });
  if (kept.filter !== filter || kept.language !== language) setKept({ filter, language, keys: keysOf(lines, filter) });
  const shown = lines.filter((line) => filter === 'all' || kept.keys.has(keyOf(line)));
  const say = useCallback((line: Line, said: string) => {
    store.getState().change((doc) => setText(doc, language, line.node, line, said), { merge: `${language} ${keyOf(line)}` });
  }, [language, store]);
  const leave = useCallback((line: Line, said: string) => {
    const { doc, kinds, change } = store.getState();
    const all = linesOf(doc, kinds, language, inOrder(doc));
    const alike = all.filter((one) => one.text === line.text && one.state === 'missing' && said.length <= one.most).length;
    if (alike === 0 || said.trim() === '') return;
    change((now) => setAlike(now, language, line, said, all));
    toast({ tone: 'info', key: 'alike', title: plural('flowLanguages.alike', alike) });
  }, [language, store]);
  if (shown.length === 0) return <EmptyState icon={<IconCircleCheck size={22} stroke={1.6} />} title={t('flowLanguages.nothing')} help={t('flowLanguages.nothingHelp')} />;
  return (
    <div className={classes.lines} data-lines>
      {shown.map((line, at) => (
        <div key={keyOf(line)}>
          {shown[at - 1]?.node === line.node ? null : <StepName id={line.node} onGo={onGo} />}
          <Row line={line} language={language} onSay={say} onLeave={leave} />
        </div>
      ))}
    </div>
  );
}

interface StepNameProps {
  id: string;
  onGo: (node: string) => void;
}

function StepName({ id, onGo }: StepNameProps) {
  const name = useEditor(({ doc, kinds }) => doc.nodes[id]?.name || kinds.get(doc.nodes[id]?.type ?? '')?.title || id);
  return <button type="button" className={classes.step} tabIndex={-1} title={t('flowLanguages.go', { step: name })} onClick={() => { onGo(id); }}>{name}</button>;
}

import { useMemo, useState } from 'react';
import { problemOf } from '@/api/errors';
import { EmptyState } from '@/design/EmptyState';
import { ChoiceField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { useActs } from '../editor/useActs';
import { useEditor, useEditorStore } from '../graph/context';
import { addLanguage, inOrder, linesOf, setMain } from '../graph/texts';
import { IconLanguage } from '../icons';
import type { Flow } from '../types';
import { TranslateButton } from './TranslateButton';
import { useTranslating } from './useTranslating';
import { LanguageMenu } from './LanguageMenu';
import { type Filter, Lines } from './Lines';
import { bothNames, OFFERED, ownName } from './names';
import classes from './Languages.module.css';

interface LanguagesSheetProps {
  flow: Flow;
  /** Writes the draft first: a translator gets what is seen. */
  before: () => Promise<unknown>;
  /** What the box keeps now takes the place of what is here. */
  onTheirs: () => Promise<void>;
}

const FILTERS: readonly Filter[] = ['all', 'missing', 'stale', 'unseen'];

/** The flow's texts beside what they are in another language. */
export function LanguagesSheet({ flow, before, onTheirs }: LanguagesSheetProps) {
  const store = useEditorStore();
  const acts = useActs();
  const doc = useEditor((state) => state.doc);
  const kinds = useEditor((state) => state.kinds);
  const wanted = useEditor((state) => state.translating || state.language);
  const { main, others } = doc.languages;
  const [chosen, setChosen] = useState(wanted);
  const [filter, setFilter] = useState<Filter>('all');
  const language = chosen !== null && others.includes(chosen) ? chosen : others[0];
  const order = useMemo(() => inOrder(doc), [doc]);
  const lines = useMemo(() => (language === undefined ? [] : linesOf(doc, kinds, language, order)), [doc, kinds, language, order]);
  const model = useTranslating(flow.id, {
    before,
    onOver: (order) => {
      onTheirs().catch(toastError);
      const named = { language: ownName(order.language), refused: order.refused };
      if (order.state === 'failed') toast({ tone: 'bad', title: t('flowLanguages.failed', named), help: order.error });
      else toast({ tone: order.done > 0 ? 'good' : 'info', title: plural('flowLanguages.translated', order.done), help: order.refused > 0 ? t('flowLanguages.refused', named) : t('flowLanguages.look') });
      setFilter('all');
    },
  });
  const problem = model.error ? problemOf(model.error) : null;
  const close = () => { store.setState({ translating: null }); };
  const count = (one: Filter) => (one === 'all' ? lines.length : lines.filter((line) => line.state === one).length);
  const add = (code: string) => {
    store.getState().change((now) => addLanguage(now, code));
    setChosen(code);
    setFilter('all');
  };
  const go = (node: string) => {
    store.setState({ language: language ?? null });
    acts.goTo(node);
    close();
  };
  return (
    <Sheet title={t('flowLanguages.title')} opened onClose={close} size={960}>
      <Pair main={main} others={others} onMain={(code) => { store.getState().change((now) => setMain(now, code)); }} onAdd={add} />
      {language === undefined ? <EmptyState icon={<IconLanguage size={22} stroke={1.6} />} title={t('flowLanguages.none')} help={t('flowLanguages.noneHelp')} /> : (
        <>
          <div className={classes.tabs} role="tablist" aria-label={t('flowLanguages.title')}>
            {others.map((code) => <Tab key={code} code={code} order={order} selected={code === language} onChoose={() => { setChosen(code); }} />)}
            <span className={classes.gap} />
            <TranslateButton lines={lines} busy={model.busy} onTranslate={(only) => { model.translate({ to: language, only }); }} />
            <LanguageMenu flow={flow} language={language} lines={lines} before={before} />
          </div>
          {problem ? <div className={classes.told}><Notice tone="bad" title={problem.message}>{problem.help}</Notice></div> : null}
          {model.under ? <div className={classes.told} role="status"><Notice tone="info" title={t('flowLanguages.under', { language: ownName(model.under.language), done: model.under.done + model.under.refused, all: model.under.total })}>{model.under.error ?? t('flowLanguages.underHelp')}</Notice></div> : null}
          <div className={classes.filters} role="group" aria-label={t('flowLanguages.filter')}>
            {FILTERS.map((one) => <button key={one} type="button" aria-pressed={filter === one} onClick={() => { setFilter(one); }}>{t(`flowLanguages.filters.${one}`)} <small>{count(one)}</small></button>)}
            <span className={classes.keys}>{t('flowLanguages.keys')}</span>
          </div>
          {lines.length === 0 ? <EmptyState title={t('flowLanguages.noWords')} help={t('flowLanguages.noWordsHelp')} /> : <fieldset className={classes.frozen} disabled={model.under !== undefined}><Lines language={language} lines={lines} filter={filter} onGo={go} /></fieldset>}
        </>
      )}
    </Sheet>
  );
}

interface PairProps {
  main: string;
  others: readonly string[];
  onMain: (code: string) => void;
  onAdd: (code: string) => void;
}

/** What the flow is written in, and what it may be translated into beside. */
function Pair({ main, others, onMain, onAdd }: PairProps) {
  const named = (codes: readonly string[]) => codes.map((code) => ({ value: code, label: bothNames(code) }));
  const all = [...new Set([main, ...OFFERED])];
  return (
    <div className={classes.pair}>
      <ChoiceField label={t('flowLanguages.main')} description={t('flowLanguages.mainHelp')} value={main} data={named(all.filter((code) => !others.includes(code)))} searchable onChange={(code) => { if (code !== null) onMain(String(code)); }} />
      <ChoiceField key={others.length} label={t('flowLanguages.add')} description={' '} placeholder={t('flowLanguages.add')} value={null} data={named(all.filter((code) => code !== main && !others.includes(code)))} searchable onChange={(code) => { if (code !== null) onAdd(String(code)); }} />
    </div>
  );
}

interface TabProps {
  code: string;
  order: readonly string[];
  selected: boolean;
  onChoose: () => void;
}

function Tab({ code, order, selected, onChoose }: TabProps) {
  const doc = useEditor((state) => state.doc);
  const kinds = useEditor((state) => state.kinds);
  const lines = linesOf(doc, kinds, code, order);
  return (
    <button type="button" role="tab" aria-selected={selected} onClick={onChoose}>
      <span lang={code} dir="auto">{ownName(code)}</span>
      <small>{t('flowLanguages.progress', { done: lines.filter((line) => line.state !== 'missing').length, all: lines.length })}</small>
    </button>
  );
}

import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Conversation, Template } from '@/api/types';
import { Badge } from '@/design/Badge';
import { IconSearch } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { categoryWords, languageWords, statusTone, statusWords } from './look';
import { Preview } from './Preview';
import { inLine } from './rendered';
import classes from './Picker.module.css';

interface PickListProps {
  templates: Template[];
  q: string;
  at: number;
  conversation: Conversation;
  onSearch: (q: string) => void;
  onMove: (at: number) => void;
  onChoose: (template: Template) => void;
}

const NOTHING = {};

/** Search and arrows on the left, what it would look like on the right. */
export function PickList({ templates, q, at, conversation, onSearch, onMove, onChoose }: PickListProps) {
  const list = useRef<HTMLDivElement>(null);
  const current = templates[at];
  useEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [at]);
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      onMove(Math.max(0, Math.min(templates.length - 1, at + step)));
    }
    if (event.key === 'Enter' && current) {
      event.preventDefault();
      onChoose(current);
    }
  };
  return (
    <div className={classes.columns}>
      <div className={classes.left}>
        <TextInput
          className={classes.search} leftSection={<IconSearch size={14} aria-hidden />} value={q} data-autofocus autoFocus
          role="combobox" aria-expanded aria-controls="template-list" aria-activedescendant={current ? `template-${current.id}` : undefined}
          aria-label={t('templates.pick.search')} placeholder={t('templates.pick.search')}
          onChange={(event) => { onSearch(event.currentTarget.value); }} onKeyDown={handleKey}
        />
        <div ref={list} id="template-list" className={classes.list} role="listbox" aria-label={t('templates.pick.list')}>
          {templates.map((template, index) => <Row key={template.id} template={template} picked={index === at} onPoint={() => { onMove(index); }} onChoose={() => { onChoose(template); }} />)}
        </div>
        {templates.length === 0 ? <p className={classes.nothing}>{t('templates.pick.nothing', { q })}</p> : null}
      </div>
      {current ? <Preview template={current} values={NOTHING} files={NOTHING} conversation={conversation} /> : <div />}
    </div>
  );
}

interface RowProps {
  template: Template;
  picked: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Row({ template: { id, name, language, category, status, refusal, body }, picked, onPoint, onChoose }: RowProps) {
  return (
    <div id={`template-${id}`} className={classes.row} role="option" aria-selected={picked} aria-disabled={refusal !== null || undefined} title={refusal ?? undefined} onMouseMove={picked ? undefined : onPoint} onClick={onChoose}>
      <b>{calm(name)}</b>
      <span className={classes.tags}>
        {status === 'approved' ? null : <Badge tone={statusTone(status)}>{statusWords(status)}</Badge>}
        <Badge tone={category === 'marketing' ? 'warn' : 'plain'}>{categoryWords(category)}</Badge>
        <span>{languageWords(language)}</span>
      </span>
      <small dir="auto">{calm(inLine(body))}</small>
    </div>
  );
}

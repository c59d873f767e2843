import { type KeyboardEvent, memo, useRef } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconCheck } from '@/design/icons';
import { t } from '@/lib/i18n';
import { Rich } from '../canvas/card/Rich';
import { type Line, samePlaces } from '../graph/texts';
import { direction, ownName } from './names';
import classes from './Languages.module.css';

interface RowProps {
  line: Line;
  language: string;
  onSay: (line: Line, said: string) => void;
  /** Somebody has written here and goes on. */
  onLeave: (line: Line, said: string) => void;
}

/** One text and its translation. */
export const Row = memo(function Row({ line, language, onSay, onLeave }: RowProps) {
  const began = useRef('');
  const length = [...line.said].length;
  const over = length > line.most && !line.said.includes('{{');
  const lost = line.said.trim() !== '' && !samePlaces(line.said, line.text);
  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || (event.shiftKey && line.lines > 1)) return;
    event.preventDefault();
    const all = [...event.currentTarget.closest('[data-lines]')?.querySelectorAll('textarea') ?? []];
    all[all.indexOf(event.currentTarget) + (event.shiftKey ? -1 : 1)]?.focus();
  };
  return (
    <div className={classes.row} data-state={line.state}>
      <div className={classes.source}>
        <small>{line.title}</small>
        <Rich text={line.text} longest={4096} />
      </div>
      <div className={classes.said}>
        <textarea
          value={line.said} rows={Math.min(line.lines, 3)} lang={language} dir={direction(language)} placeholder={t('flowLanguages.placeholder')} spellCheck
          aria-label={t('flowLanguages.into', { title: line.title, language: ownName(language) })} aria-invalid={over || undefined}
          onFocus={() => { began.current = line.said; }}
          onBlur={() => { if (began.current !== line.said) onLeave(line, line.said); }}
          onKeyDown={handleKey}
          onChange={(event) => { onSay(line, event.currentTarget.value); }}
        />
        <span className={classes.marks}>
          {lost ? <span className={classes.state} data-state="stale">{t('flowLanguages.lost')}</span> : null}
          <span className={classes.state} data-state={line.state}>{t(`flowLanguages.states.${line.state}`)}</span>
          {line.said !== '' && (line.state === 'stale' || line.state === 'unseen')
            ? <IconButton label={t('flowLanguages.accept')} size={22} onClick={() => { onSay(line, line.said); }}><IconCheck size={14} /></IconButton> : null}
          {line.most <= 1024 ? <span className={classes.count} data-over={over || undefined}>{t('flowLanguages.count', { length, most: line.most })}</span> : null}
        </span>
      </div>
    </div>
  );
}, (was, now) => was.language === now.language && was.onSay === now.onSay && was.onLeave === now.onLeave && (['node', 'path', 'text', 'said', 'state', 'title', 'most'] as const).every((name) => was.line[name] === now.line[name]));

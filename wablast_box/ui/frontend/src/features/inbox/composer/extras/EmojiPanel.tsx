import { type KeyboardEvent, useState } from 'react';
import { t } from '@/lib/i18n';
import { EMOJI, findEmoji, GROUPS } from './emoji-data';
import { recent, used } from './recent';
import classes from './Extras.module.css';

interface EmojiPanelProps {
  onPick: (sign: string) => void;
  onClose: () => void;
}

const WIDE = 9;
const MOST = 60;

export function EmojiPanel({ onPick, onClose }: EmojiPanelProps) {
  const [query, setQuery] = useState('');
  const [last] = useState(recent);
  const found = findEmoji(query, MOST);
  const pick = (sign: string) => {
    used(sign);
    onPick(sign);
  };
  const handleKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && found[0]) {
      event.preventDefault();
      pick(found[0].sign);
      onClose();
    }
    walk(event);
  };
  return (
    <div className={classes.emoji} role="dialog" aria-label={t('composer.emoji')} onKeyDown={handleKey}>
      <input type="search" autoFocus value={query} placeholder={t('composer.emojiPanel.search')} aria-label={t('composer.emojiPanel.search')} onChange={(event) => { setQuery(event.currentTarget.value); }} />
      <div className={classes.emojiScroll}>
        {query.trim() === '' ? (
          <>
            {last.length > 0 ? <Group title={t('composer.emojiPanel.recent')} signs={last} onPick={pick} /> : null}
            {GROUPS.map((group) => <Group key={group} title={t(`composer.emojiPanel.group.${group}`)} signs={EMOJI.filter((one) => one.group === group).map((one) => one.sign)} onPick={pick} />)}
          </>
        ) : found.length > 0 ? <Group signs={found.map((one) => one.sign)} onPick={pick} /> : <p>{t('composer.emojiPanel.none')}</p>}
      </div>
    </div>
  );
}

interface GroupProps {
  title?: string;
  signs: string[];
  onPick: (sign: string) => void;
}

const NAMES = new Map(EMOJI.map((one) => [one.sign, one.words]));

function Group({ title, signs, onPick }: GroupProps) {
  return (
    <section>
      {title ? <h3>{title}</h3> : null}
      <div className={classes.emojiGrid}>{signs.map((sign) => <button key={sign} type="button" title={NAMES.get(sign)} onClick={() => { onPick(sign); }}>{sign}</button>)}</div>
    </section>
  );
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: WIDE, ArrowUp: -WIDE };

/** Arrows walk through the signs; from the search downwards into them. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = STEPS[event.key];
  const isField = event.target instanceof HTMLInputElement;
  if (step === undefined || (isField && event.key !== 'ArrowDown')) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((one) => one === event.target);
  event.preventDefault();
  const next = buttons[isField ? 0 : at + step];
  if (next) next.focus();
  else if (step < 0) event.currentTarget.querySelector('input')?.focus();
}

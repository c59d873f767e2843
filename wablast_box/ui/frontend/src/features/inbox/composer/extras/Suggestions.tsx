import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useState } from 'react';
import type { CannedReply } from '@/api/types';
import { IconPaperclip } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm, cut } from '@/lib/plain';
import { cannedQuery, matching } from '@/features/replies/queries';
import type { Asked } from '../completion';
import { findEmoji } from './emoji-data';
import { used } from './recent';
import classes from './Extras.module.css';

interface SuggestionsProps {
  ref: Ref<{ handleKey: (event: KeyboardEvent) => boolean }>;
  asked: Asked;
  onInsert: (text: string, from: number) => void;
  onReply: (replyId: string, from: number) => void;
}

interface Option {
  key: string;
  shown: ReactNode;
  choose: () => void;
}

const MOST = 8;

/** What goes on from what was typed: a list above the box, walked with the arrows, taken with Enter or Tab. */
export default function Suggestions({ ref, asked, onInsert, onReply }: SuggestionsProps) {
  const replies = useQuery({ ...cannedQuery, enabled: asked.kind === 'canned' });
  const [at, setAt] = useState(0);
  const options = asked.kind === 'emoji' ? emojiOptions(asked, onInsert) : cannedOptions(matching(replies.data ?? [], asked.query).slice(0, MOST), asked, onReply);
  const active = Math.min(at, options.length - 1);
  const handleKey = (event: KeyboardEvent): boolean => {
    const chosen = options[active];
    if (!chosen) return false;
    if (event.key === 'ArrowDown') setAt((active + 1) % options.length);
    else if (event.key === 'ArrowUp') setAt((active + options.length - 1) % options.length);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') chosen.choose();
    else return false;
    event.preventDefault();
    return true;
  };
  useImperativeHandle(ref, () => ({ handleKey }));
  if (options.length === 0 && (asked.kind === 'emoji' || replies.isPending)) return null;
  return (
    <div className={classes.suggestions}>
      <ul role="listbox" aria-label={t(asked.kind === 'emoji' ? 'composer.suggestions.emoji' : 'composer.suggestions.canned')}>
        {options.map((option, index) => (
          <li key={option.key} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); option.choose(); }} onMouseMove={() => { setAt(index); }}>{option.shown}</li>
        ))}
      </ul>
      {asked.kind === 'canned' ? <Foot empty={options.length === 0} none={replies.data?.length === 0} /> : null}
    </div>
  );
}

function Foot({ empty, none }: { empty: boolean; none: boolean }) {
  return (
    <p className={classes.suggestionsFoot}>
      <span>{empty ? t(none ? 'composer.suggestions.first' : 'composer.suggestions.none') : null}</span>
      <Link to="/settings/replies" tabIndex={-1}>{t(none ? 'composer.suggestions.make' : 'composer.suggestions.manage')}</Link>
    </p>
  );
}

const emojiOptions = ({ query, from }: Asked, onInsert: SuggestionsProps['onInsert']): Option[] =>
  findEmoji(query, MOST).map(({ sign, words }) => ({
    key: sign,
    shown: <><span className={classes.sign}>{sign}</span> {words.split(' ').slice(0, 3).join(' ')}</>,
    choose: () => { used(sign); onInsert(`${sign} `, from); },
  }));

const cannedOptions = (replies: CannedReply[], { from }: Asked, onReply: SuggestionsProps['onReply']): Option[] =>
  replies.map((reply) => ({
    key: reply.id,
    shown: (
      <span className={classes.canned}>
        <b><code>/{calm(reply.shortcut)}</code><small>{t(reply.shared ? 'composer.suggestions.shared' : 'composer.suggestions.own')}</small></b>
        <span dir="auto">{reply.media ? <IconPaperclip size={12} role="img" aria-label={t('composer.suggestions.file')} /> : null}{cut(calm(reply.text), 160)}</span>
      </span>
    ),
    choose: () => { onReply(reply.id, from); },
  }));

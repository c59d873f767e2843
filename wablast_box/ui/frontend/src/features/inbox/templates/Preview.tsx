import { useMemo } from 'react';
import type { Conversation, Template } from '@/api/types';
import { IconFileText } from '@/design/icons';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { calm } from '@/lib/plain';
import { costOf } from './cost';
import { categoryWords, languageWords } from './look';
import { RenderedTemplate } from './RenderedTemplate';
import { beforeKeys, pieces, render, type RenderedPart, type Values } from './rendered';
import type { Files, HeaderFile } from './values';
import kinds from '../kinds/Kinds.module.css';
import classes from './Picker.module.css';

interface PreviewProps {
  template: Template;
  values: Values;
  files: Files;
  /** The card that is being filled in. */
  at?: number;
  conversation?: Conversation;
}

/** The bubble as it will stand on the customer's phone, blanks in sight, and what it will cost. */
export function Preview({ template, values, files, at, conversation }: PreviewProps) {
  const now = useNow();
  const rendered = useMemo(() => render(template, values), [template, values]);
  const own = (part: RenderedPart, card: number | null) => {
    const file = files[`${beforeKeys(card)}header.media`];
    return { file: file ? <Picked file={file} kind={part.header?.kind ?? ''} shape={card === null ? classes.picture : kinds.cardFile} /> : undefined, words: isWhole(part.body) ? undefined : <Words text={part.body} /> };
  };
  const cost = conversation ? costOf(template, conversation, now) : null;
  return (
    <div className={classes.preview}>
      <div className={classes.wall} role={rendered.cards.length > 0 ? 'group' : 'img'} aria-label={t('templates.preview.label', { words: calm(rendered.body) })}>
        <div className={classes.bubble}>
          <RenderedTemplate rendered={rendered} own={own} at={at} />
        </div>
      </div>
      {cost ? (
        <p className={classes.cost} data-free={cost.free || undefined}>
          <b>{categoryWords(template.category)} · {languageWords(template.language)}</b>
          {template.refusal ? <span data-bad>{template.refusal}</span> : <span>{cost.words}</span>}
        </p>
      ) : null}
    </div>
  );
}

const isWhole = (text: string): boolean => pieces(text).every(({ blank }) => !blank);

function Words({ text }: { text: string }) {
  return <p className={classes.words} dir="auto">{pieces(text).map((piece, at) => (piece.blank ? <mark key={at}>{calm(piece.text)}</mark> : <span key={at}>{calm(piece.text)}</span>))}</p>;
}

function Picked({ file, kind, shape }: { file: HeaderFile; kind: string; shape: string | undefined }) {
  if (kind === 'image' && file.preview) return <img className={shape} src={file.preview} alt={file.name} />;
  return <span className={classes.file}><IconFileText size={18} stroke={1.5} aria-hidden /> <bdi>{calm(file.name)}</bdi></span>;
}

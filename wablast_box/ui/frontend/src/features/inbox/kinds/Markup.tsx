import { Fragment, memo, type ReactNode, useState } from 'react';
import { t } from '@/lib/i18n';
import { calm, cut } from '@/lib/plain';
import { type Mark, marked, type Piece } from '../markup';
import classes from './Kinds.module.css';

interface MarkupProps {
  text: string;
}

const LONG = 900;
const ELLIPSIS = '… ';
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\u{FE0F}\u{1F3FB}-\u{1F3FF}\u{200D}]*\s*){1,3}$/u;

/** What a person wrote, with WhatsApp's marks drawn. Text nodes and links only: it can never be HTML. */
export const Markup = memo(function Markup({ text }: MarkupProps) {
  const [whole, setWhole] = useState(text.length <= LONG);
  const shown = whole ? text : cut(text, LONG - 200);
  return (
    <span className={classes.text} dir="auto" data-big={EMOJI_ONLY.test(text) || undefined}>
      {draw(marked(shown))}
      {whole ? null : <>{ELLIPSIS}<button type="button" className={classes.more} onClick={() => { setWhole(true); }}>{t('inbox.message.showMore')}</button></>}
    </span>
  );
});

const draw = (pieces: Piece[]): ReactNode => pieces.map((piece, at) => <Fragment key={at}>{drawn(piece)}</Fragment>);

function drawn(piece: Piece): ReactNode {
  if (piece.kind === 'text') return calm(piece.text);
  if (piece.kind === 'link') return <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">{calm(piece.text)}</a>;
  return TAGS[piece.mark](draw(piece.pieces));
}

const TAGS: Record<Mark, (inner: ReactNode) => ReactNode> = {
  bold: (inner) => <strong>{inner}</strong>,
  italic: (inner) => <em>{inner}</em>,
  strike: (inner) => <s>{inner}</s>,
  mono: (inner) => <code>{inner}</code>,
};

import { Fragment, memo, type ReactNode } from 'react';
import { marked, type Piece } from '@/features/inbox/markup';
import { calm, cut } from '@/lib/plain';
import classes from './Card.module.css';

interface RichProps {
  text: string;
  /** Where a card has no room for a novel. */
  longest?: number;
}

const VARIABLE = /(\{\{[^{}]*\}\})/;

/** A text as the customer will see it, and what is filled in later as chips. */
export const Rich = memo(function Rich({ text, longest = 320 }: RichProps) {
  return (
    <span className={classes.rich} dir="auto">
      {cut(text, longest).split(VARIABLE).map((part, at) => (
        VARIABLE.test(part) ? <code key={at} className={classes.chip}>{part.slice(2, -2).trim()}</code> : <Fragment key={at}>{draw(marked(part))}</Fragment>
      ))}
    </span>
  );
});

const draw = (pieces: Piece[]): ReactNode => pieces.map((piece, at) => <Fragment key={at}>{drawn(piece)}</Fragment>);

function drawn(piece: Piece): ReactNode {
  if (piece.kind === 'text') return calm(piece.text);
  if (piece.kind === 'link') return <u>{calm(piece.text)}</u>;
  if (piece.mark === 'bold') return <strong>{draw(piece.pieces)}</strong>;
  if (piece.mark === 'italic') return <em>{draw(piece.pieces)}</em>;
  if (piece.mark === 'strike') return <s>{draw(piece.pieces)}</s>;
  return <code>{draw(piece.pieces)}</code>;
}
